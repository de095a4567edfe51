import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse

from jobs import FAULT, MEDIA_TYPE, PORT, NoSuchMetalake, find_jobs


class JobsResponse(JSONResponse):
    media_type = MEDIA_TYPE


app = FastAPI(default_response_class=JobsResponse)


@app.get("/api/metalakes/{metalake}/jobs/runs")
def list_jobs(metalake: str, jobTemplateName: str | None = None):
    try:
        return find_jobs(metalake, jobTemplateName)
    except NoSuchMetalake as error:
        if FAULT == "own-404":
            raise HTTPException(404) from error
        return JobsResponse(error.body, status_code=404)


if __name__ == "__main__":
    uvicorn.run(app, port=PORT)
