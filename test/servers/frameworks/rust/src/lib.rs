use std::collections::HashMap;
use std::env;
use std::fs;

use serde::{Deserialize, Serialize};

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    job_id: String,
    job_template_name: String,
    status: Option<String>,
    audit: Audit,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Audit {
    creator: String,
    create_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_modifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_modified_time: Option<String>,
}

#[derive(Serialize)]
pub struct JobList {
    code: u32,
    jobs: Vec<Job>,
}

#[derive(Serialize)]
pub struct ErrorModel {
    code: u32,
    r#type: &'static str,
    message: String,
}

pub enum Failure {
    NoSuchMetalake(ErrorModel),
    /// The framework's own 404.
    NotFound,
    Internal(&'static str),
}

#[derive(Deserialize)]
pub struct Filter {
    #[serde(rename = "jobTemplateName")]
    template: Option<String>,
}

pub struct Jobs {
    metalakes: HashMap<String, Vec<Job>>,
    fault: String,
}

impl Jobs {
    pub fn load() -> Self {
        let file = env::var("JOBS_FILE").expect("JOBS_FILE names a file");
        let text = fs::read_to_string(file).expect("it can be read");
        let metalakes = serde_json::from_str(&text).expect("it holds metalakes");
        Jobs {
            metalakes,
            fault: env::var("FAULT").unwrap_or_default(),
        }
    }

    /// The jobs of a metalake, or those of one template.
    pub fn find(&self, metalake: &str, filter: &Filter) -> Result<JobList, Failure> {
        let template = filter.template.as_deref().unwrap_or_default();
        if self.fault == "fails-on-quote" && template.contains('\'') {
            return Err(Failure::Internal("a string is not closed"));
        }
        let all = match self.metalakes.get(metalake) {
            Some(jobs) => jobs.as_slice(),
            None if self.fault == "empty-for-absent" => &[],
            None if self.fault == "own-404" => return Err(Failure::NotFound),
            None => return Err(no_such_metalake(metalake)),
        };
        let mut jobs = all.to_vec();
        if !template.is_empty() && self.fault != "filter-ignored" {
            jobs.retain(|job| job.job_template_name == template);
        }
        if self.fault == "status-null" {
            jobs.iter_mut().for_each(|job| job.status = None);
        }
        Ok(JobList { code: 0, jobs })
    }

    pub fn media_type(&self) -> &'static str {
        match self.fault.as_str() {
            "plain-json" => "application/json",
            _ => "application/vnd.gravitino.v1+json",
        }
    }
}

pub fn address() -> String {
    format!("127.0.0.1:{}", env::var("PORT").expect("PORT is given"))
}

fn no_such_metalake(name: &str) -> Failure {
    Failure::NoSuchMetalake(ErrorModel {
        code: 1003,
        r#type: "NoSuchMetalakeException",
        message: format!("Metalake {name} does not exist"),
    })
}
