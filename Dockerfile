# The controller, built from this tree: docker build -t plugboard .
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -q -pl controller -am package -DskipTests

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --user-group --home-dir /data --no-create-home plugboard \
    && install -d -o plugboard -g plugboard /data
COPY --from=build /source/controller/target/plugboard.jar /opt/plugboard/plugboard.jar
USER plugboard
WORKDIR /data
VOLUME /data
# OpenFlow, REST
EXPOSE 6653 8080
# bash opens the connection: the image has no HTTP client.
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/plugboard/plugboard.jar"]
CMD ["serve", "--data", "/data"]
