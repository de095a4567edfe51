package jobs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.net.URI;
import jobs.Jobs.NoSuchMetalakeException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.jetty.JettyHttpContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Jersey on Jetty. Grizzly answers 500 to malformed escapes, so it counts as a fault. */
public class JerseyServer {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:" + Jobs.PORT);

  public static void main(String[] args) throws Exception {
    if (Jobs.FAULT.equals("grizzly")) {
      GrizzlyHttpServerFactory.createHttpServer(ADDRESS, config());
      return;
    }
    Server server = JettyHttpContainerFactory.createServer(ADDRESS, config(), false);
    // Jersey tells Jetty the port alone.
    ((ServerConnector) server.getConnectors()[0]).setHost(ADDRESS.getHost());
    server.start();
  }

  private static ResourceConfig config() throws IOException {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    Jobs jobs = new Jobs(mapper.readValue(Jobs.FILE, new TypeReference<>() {}));
    return new ResourceConfig()
        .register(new JobResource(jobs))
        .register(new MapperResolver(mapper))
        .register(new NoSuchMetalakeMapper());
  }

  @Path("api/metalakes/{metalake}/jobs")
  public record JobResource(Jobs jobs) {
    @GET
    @Path("runs")
    @Produces(Jobs.MEDIA_TYPE)
    public Response listJobs(
        @PathParam("metalake") String metalake, @QueryParam("jobTemplateName") String template) {
      return Response.ok(jobs.find(metalake, template), Jobs.sentType()).build();
    }
  }

  public record MapperResolver(ObjectMapper mapper) implements ContextResolver<ObjectMapper> {
    @Override
    public ObjectMapper getContext(Class<?> type) {
      return mapper;
    }
  }

  public static class NoSuchMetalakeMapper implements ExceptionMapper<NoSuchMetalakeException> {
    @Override
    public Response toResponse(NoSuchMetalakeException exception) {
      if (Jobs.FAULT.equals("own-404")) {
        return Response.status(404).build();
      }
      return Response.status(404).type(Jobs.sentType()).entity(exception.toModel()).build();
    }
  }
}
