package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

type Job struct {
	JobID           string `json:"jobId"`
	JobTemplateName string `json:"jobTemplateName"`
	Status          string `json:"status,omitempty"`
	Audit           Audit  `json:"audit"`
}

type Audit struct {
	Creator          string     `json:"creator,omitempty"`
	CreateTime       *time.Time `json:"createTime,omitempty"`
	LastModifier     string     `json:"lastModifier,omitempty"`
	LastModifiedTime *time.Time `json:"lastModifiedTime,omitempty"`
}

type JobList struct {
	Code int   `json:"code"`
	Jobs []Job `json:"jobs"`
}

type ErrorModel struct {
	Code    int    `json:"code"`
	Type    string `json:"type"`
	Message string `json:"message"`
}

var (
	fault     = os.Getenv("FAULT")
	metalakes map[string][]Job
)

func main() {
	data, err := os.ReadFile(os.Getenv("JOBS_FILE"))
	if err != nil {
		log.Fatal(err)
	}
	if err := json.Unmarshal(data, &metalakes); err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/metalakes/{metalake}/jobs/runs", listJobs)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), mux))
}

func listJobs(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("metalake")
	template := r.URL.Query().Get("jobTemplateName")
	if fault == "fails-on-quote" && strings.Contains(template, "'") {
		http.Error(w, "a string is not closed", http.StatusInternalServerError)
		return
	}
	all, found := metalakes[name]
	if !found && fault == "own-404" {
		http.NotFound(w, r)
		return
	}
	if !found && fault != "empty-for-absent" {
		message := fmt.Sprintf("Metalake %s does not exist", name)
		writeJSON(w, http.StatusNotFound, ErrorModel{1003, "NoSuchMetalakeException", message})
		return
	}
	writeJSON(w, http.StatusOK, JobList{0, selected(all, template)})
}

func selected(all []Job, template string) []Job {
	jobs := []Job{}
	for _, job := range all {
		if fault == "status-null" {
			job.Status = ""
		}
		if template == "" || job.JobTemplateName == template || fault == "filter-ignored" {
			jobs = append(jobs, job)
		}
	}
	return jobs
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	mediaType := "application/vnd.gravitino.v1+json"
	if fault == "plain-json" {
		mediaType = "application/json"
	}
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}
