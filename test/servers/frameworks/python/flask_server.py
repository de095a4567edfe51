from flask import Flask, json, request
from werkzeug.exceptions import NotFound

from jobs import FAULT, MEDIA_TYPE, PORT, NoSuchMetalake, find_jobs

app = Flask(__name__)


@app.get("/api/metalakes/<metalake>/jobs/runs")
def list_jobs(metalake):
    return answer(find_jobs(metalake, request.args.get("jobTemplateName")))


@app.errorhandler(NoSuchMetalake)
def no_such_metalake(error):
    if FAULT == "own-404":
        return NotFound()
    return answer(error.body), 404


def answer(body):
    return app.response_class(json.dumps(body), mimetype=MEDIA_TYPE)


if __name__ == "__main__":
    app.run(port=PORT)
