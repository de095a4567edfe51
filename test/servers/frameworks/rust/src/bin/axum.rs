use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use jobs::{Failure, Filter, Jobs, address};

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/api/metalakes/{metalake}/jobs/runs", get(list_jobs))
        .with_state(Arc::new(Jobs::load()));
    let listener = tokio::net::TcpListener::bind(address()).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}

async fn list_jobs(
    State(jobs): State<Arc<Jobs>>,
    Path(metalake): Path<String>,
    Query(filter): Query<Filter>,
) -> Response {
    let content_type = [(CONTENT_TYPE, jobs.media_type())];
    match jobs.find(&metalake, &filter) {
        Ok(list) => (content_type, Json(list)).into_response(),
        Err(Failure::NoSuchMetalake(error)) => {
            (StatusCode::NOT_FOUND, content_type, Json(error)).into_response()
        }
        Err(Failure::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(Failure::Internal(message)) => {
            (StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
        }
    }
}
