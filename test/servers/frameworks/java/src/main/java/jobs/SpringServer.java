package jobs;

import jobs.Jobs.ErrorModel;
import jobs.Jobs.JobList;
import jobs.Jobs.NoSuchMetalakeException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

@SpringBootApplication
public class SpringServer {
  public static void main(String[] args) {
    // Nothing is uploaded here. With uploads, which are the default, a multipart type without a boundary is a 500.
    String uploads = Jobs.FAULT.equals("uploads") ? "true" : "false";
    SpringApplication.run(
        SpringServer.class,
        "--server.address=127.0.0.1",
        "--server.port=" + Jobs.PORT,
        "--spring.servlet.multipart.enabled=" + uploads);
  }

  @Bean
  Jobs jobs(ObjectMapper mapper) {
    return new Jobs(mapper.readValue(Jobs.FILE, new TypeReference<>() {}));
  }

  @RestController
  static class JobController {
    private final Jobs jobs;

    JobController(Jobs jobs) {
      this.jobs = jobs;
    }

    @GetMapping(path = "/api/metalakes/{metalake}/jobs/runs", produces = Jobs.MEDIA_TYPE)
    ResponseEntity<JobList> listJobs(
        @PathVariable String metalake, @RequestParam(required = false) String jobTemplateName) {
      return ResponseEntity.ok()
          .contentType(MediaType.valueOf(Jobs.sentType()))
          .body(jobs.find(metalake, jobTemplateName));
    }

    @ExceptionHandler
    ResponseEntity<ErrorModel> noSuchMetalake(NoSuchMetalakeException exception) {
      if (Jobs.FAULT.equals("own-404")) {
        return ResponseEntity.notFound().build();
      }
      return ResponseEntity.status(404)
          .contentType(MediaType.valueOf(Jobs.sentType()))
          .body(exception.toModel());
    }
  }
}
