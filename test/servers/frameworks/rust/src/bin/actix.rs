use actix_web::error::{ErrorInternalServerError, ErrorNotFound};
use actix_web::web::{Data, Path, Query};
use actix_web::{App, HttpResponse, HttpServer, get};
use jobs::{Failure, Filter, Jobs, address};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let jobs = Data::new(Jobs::load());
    HttpServer::new(move || App::new().app_data(jobs.clone()).service(list_jobs))
        .bind(address())?
        .run()
        .await
}

#[get("/api/metalakes/{metalake}/jobs/runs")]
async fn list_jobs(
    jobs: Data<Jobs>,
    metalake: Path<String>,
    filter: Query<Filter>,
) -> actix_web::Result<HttpResponse> {
    match jobs.find(&metalake, &filter) {
        Ok(list) => Ok(HttpResponse::Ok()
            .content_type(jobs.media_type())
            .json(list)),
        Err(Failure::NoSuchMetalake(error)) => Ok(HttpResponse::NotFound()
            .content_type(jobs.media_type())
            .json(error)),
        Err(Failure::NotFound) => Err(ErrorNotFound("Not Found")),
        Err(Failure::Internal(message)) => Err(ErrorInternalServerError(message)),
    }
}
