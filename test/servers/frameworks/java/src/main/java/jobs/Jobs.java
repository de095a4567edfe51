package jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Metalakes and their jobs. */
record Jobs(Map<String, List<Job>> metalakes) {
  static final int PORT = Integer.parseInt(System.getenv("PORT"));
  static final File FILE = new File(System.getenv("JOBS_FILE"));
  static final String MEDIA_TYPE = "application/vnd.gravitino.v1+json";

  static final String FAULT = System.getenv().getOrDefault("FAULT", "");

  record Job(String jobId, String jobTemplateName, String status, Audit audit) {}

  @JsonInclude(Include.NON_NULL)
  record Audit(String creator, Instant createTime, String lastModifier, Instant lastModifiedTime) {}

  record JobList(int code, List<Job> jobs) {}

  record ErrorModel(int code, String type, String message) {}

  static class NoSuchMetalakeException extends RuntimeException {
    NoSuchMetalakeException(String metalake) {
      super("Metalake %s does not exist".formatted(metalake));
    }

    ErrorModel toModel() {
      return new ErrorModel(1003, "NoSuchMetalakeException", getMessage());
    }
  }

  /** What is sent as the media type of an answer. */
  static String sentType() {
    return FAULT.equals("plain-json") ? "application/json" : MEDIA_TYPE;
  }

  /** The jobs of a metalake, or those of one template. */
  JobList find(String metalake, String template) {
    if (!metalakes.containsKey(metalake) && !FAULT.equals("empty-for-absent")) {
      throw new NoSuchMetalakeException(metalake);
    }
    if (FAULT.equals("fails-on-quote") && template != null && template.contains("'")) {
      throw new IllegalStateException("A string is not closed");
    }
    boolean isFiltered = template != null && !template.isEmpty() && !FAULT.equals("filter-ignored");
    List<Job> jobs =
        metalakes.getOrDefault(metalake, List.of()).stream()
            .filter(job -> !isFiltered || job.jobTemplateName().equals(template))
            .map(job -> FAULT.equals("status-null") ? withoutStatus(job) : job)
            .toList();
    return new JobList(0, jobs);
  }

  private static Job withoutStatus(Job job) {
    return new Job(job.jobId(), job.jobTemplateName(), null, job.audit());
  }
}
