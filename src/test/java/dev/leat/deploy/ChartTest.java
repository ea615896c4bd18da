package dev.leat.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Helm chart renders manifests that Kubernetes knows and that fit the service. */
final class ChartTest {

    private static final String URL = "jdbc:postgresql://db.example.org:5432/leat";
    private static final Map<String, Object> ALONE = Map.of();
    private static final Map<String, Object> SHARED =
            Map.of("database.url", URL, "database.password", "not-a-real-one", "replicas", 3);
    private static final Map<String, Object> EVERYTHING = Map.ofEntries(
            Map.entry("database.url", URL),
            Map.entry("secrets.existingSecret", "own"),
            Map.entry("ingress.enabled", true),
            Map.entry("ingress.className", "nginx"),
            Map.entry("ingress.tls[0].secretName", "tls"),
            Map.entry("ingress.tls[0].hosts[0]", "leat.example.org"),
            Map.entry("metrics.serviceMonitor.enabled", true),
            Map.entry("metrics.serviceMonitor.tokenSecret.name", "scraper"),
            Map.entry("serviceAccount.annotations.a", "b"),
            Map.entry("imagePullSecrets[0].name", "pull"),
            Map.entry("javaToolOptions", "-Xmx512m"),
            Map.entry("extraEnv[0].name", "SERVER_PORT"),
            Map.entry("extraEnv[0].value", "8080"),
            Map.entry("podAnnotations.a", "b"),
            Map.entry("podLabels.a", "b"),
            Map.entry("nodeSelector.disk", "ssd"),
            Map.entry("tolerations[0].operator", "Exists"),
            Map.entry("priorityClassName", "high"));

    @BeforeAll
    static void needsHelm() {
        Optional<String> reason = Chart.unavailable();
        reason.ifPresent(text -> System.err.println("[chart tests skipped] " + text));
        assumeTrue(reason.isEmpty(), reason.orElse(""));
    }

    static Stream<Map<String, Object>> everyWay() {
        return Stream.of(ALONE, SHARED, EVERYTHING);
    }

    @Test
    void pleasesHelmsOwnCheck() {
        LintResult result = new Helm(Chart.PATH).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void usesOnlyFieldsThatKubernetesKnows(Map<String, Object> values) {
        Chart chart = Chart.render(values);

        assertThat(chart.resources())
                .hasSizeGreaterThanOrEqualTo(3)
                .filteredOn(resource -> !(resource instanceof GenericKubernetesResource))
                .allSatisfy(resource -> assertThat(UnknownFields.in(resource)).isEmpty());
    }

    @Test
    void keepsTheMetadataInAVolumeWhereThereIsNoDatabase() {
        Chart chart = Chart.render(ALONE);

        StatefulSet set = chart.only(StatefulSet.class);
        PersistentVolumeClaim claim = set.getSpec().getVolumeClaimTemplates().getFirst();
        assertThat(chart.all(Deployment.class)).isEmpty();
        assertThat(set.getSpec().getReplicas()).isEqualTo(1);
        assertThat(set.getSpec().getServiceName())
                .isEqualTo(chart.only(Service.class).getMetadata().getName());
        assertThat(claim.getSpec().getResources().getRequests()).containsKey("storage");
        assertThat(chart.container().getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals(claim.getMetadata().getName()))
                .extracting(VolumeMount::getMountPath)
                .containsExactly(chart.environment().get("LEAT_DATA_DIR").getValue());
        assertThat(chart.environment()).doesNotContainKey("SPRING_DATASOURCE_URL");
    }

    @Test
    void sharesOneDatabaseBetweenReplicas() {
        Chart chart = Chart.render(SHARED);

        assertThat(chart.only(Deployment.class).getSpec().getReplicas()).isEqualTo(3);
        assertThat(chart.all(StatefulSet.class)).isEmpty();
        assertThat(chart.environment().get("SPRING_DATASOURCE_URL").getValue()).isEqualTo(URL);
        assertThat(chart.environment().get("SPRING_DATASOURCE_PASSWORD").getValue())
                .isNull();
    }

    @Test
    void selectsItsOwnPods() {
        Chart chart = Chart.render(SHARED);

        assertThat(chart.only(Service.class).getSpec().getSessionAffinity()).isEqualTo("ClientIP");
        Map<String, String> selector = chart.only(Service.class).getSpec().getSelector();
        assertThat(chart.only(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(selector)
                .containsAllEntriesOf(
                        chart.only(Deployment.class).getSpec().getSelector().getMatchLabels());
        assertThat(chart.pod().getServiceAccountName())
                .isEqualTo(chart.only(ServiceAccount.class).getMetadata().getName());
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void probesWhatTheServiceOffersAtItsPort(Map<String, Object> values) {
        Chart chart = Chart.render(values);

        assertThat(Product.setting("management.endpoint.health.probes.enabled")).isEqualTo(true);
        assertThat(chart.container().getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).isEqualTo(Product.port());
        });
        assertThat(Stream.of(
                                chart.container().getStartupProbe(),
                                chart.container().getLivenessProbe(),
                                chart.container().getReadinessProbe())
                        .map(Probe::getHttpGet)
                        .peek(probe -> assertThat(probe.getPort().getStrVal()).isEqualTo("http"))
                        .map(HTTPGetAction::getPath))
                .containsExactly(
                        "/actuator/health/liveness", "/actuator/health/liveness", "/actuator/health/readiness");
        assertThat(chart.only(Service.class).getSpec().getPorts())
                .allSatisfy(port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo("http"));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void runsWithoutPrivileges(Map<String, Object> values) {
        Chart chart = Chart.render(values);

        SecurityContext context = chart.container().getSecurityContext();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(chart.pod().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(Product.read(DockerfileTest.DOCKERFILE))
                .contains("USER %d:%d"
                        .formatted(
                                chart.pod().getSecurityContext().getRunAsUser(),
                                chart.pod().getSecurityContext().getRunAsGroup()));
        assertThat(chart.container().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains("/data", "/tmp");
        assertThat(chart.pod().getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void generatesWhatIsSecretAndRefersToItByName() {
        Chart chart = Chart.render(SHARED);

        Secret secret = chart.only(Secret.class);
        assertThat(references(chart)).hasSize(3).allSatisfy(reference -> {
            assertThat(reference.getName()).isEqualTo(secret.getMetadata().getName());
            assertThat(secret.getData()).containsKey(reference.getKey());
        });
        assertThat(Base64.getDecoder().decode(decoded(secret, "master-key"))).hasSize(32);
        assertThat(decoded(secret, "admin-password")).hasSizeGreaterThanOrEqualTo(20);
        assertThat(decoded(secret, "database-password")).isEqualTo("not-a-real-one");
        assertThat(decoded(Chart.render(SHARED).only(Secret.class), "master-key"))
                .as("another installation has another key")
                .isNotEqualTo(decoded(secret, "master-key"));
    }

    @Test
    void leavesAGivenSecretAlone() {
        Chart chart = Chart.render(EVERYTHING);

        assertThat(chart.all(Secret.class)).isEmpty();
        assertThat(references(chart)).extracting(SecretKeySelector::getName).containsOnly("own");
    }

    @Test
    void publishesTheServiceThroughTheIngress() {
        Chart chart = Chart.render(EVERYTHING);
        assertThat(chart.environment().get("SERVER_FORWARDHEADERSSTRATEGY").getValue())
                .isEqualTo("native");
        assertThat(Chart.render(SHARED).environment()).doesNotContainKey("SERVER_FORWARDHEADERSSTRATEGY");
        Ingress ingress = chart.only(Ingress.class);

        assertThat(ingress.getSpec().getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getHost()).isEqualTo("leat.example.org");
            assertThat(rule.getHttp()
                            .getPaths()
                            .getFirst()
                            .getBackend()
                            .getService()
                            .getName())
                    .isEqualTo("leat");
        });
    }

    @Test
    void scrapesMetricsWithAToken() {
        GenericKubernetesResource monitor = Chart.render(EVERYTHING).only(GenericKubernetesResource.class);

        assertThat(monitor.getKind()).isEqualTo("ServiceMonitor");
        assertThat(monitor.<String>get("spec", "endpoints", 0, "path")).isEqualTo("/actuator/prometheus");
        assertThat(Product.setting("management.endpoints.web.exposure.include").toString())
                .contains("prometheus");
        assertThat(monitor.<String>get("spec", "endpoints", 0, "authorization", "credentials", "name"))
                .isEqualTo("scraper");
    }

    @Test
    void keepsTheMasterKeyOfAnEarlierInstallation() {
        Secret secret = Chart.renderAgain(SHARED, "the key of before").only(Secret.class);

        assertThat(decoded(secret, "master-key")).isEqualTo("the key of before");
        assertThat(decoded(secret, "admin-password")).isNotEmpty();
        assertThat(secret.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
    }

    @Test
    void saysWhatIsWrongWithTheValues() {
        assertThatThrownBy(() -> Chart.render(Map.of("replicas", 2))).hasMessageContaining("Set database.url");
        assertThatThrownBy(() -> Chart.render(Map.of("database.url", URL)))
                .hasMessageContaining("secrets.existingSecret");
        assertThatThrownBy(() -> Chart.render(Map.of("metrics.serviceMonitor.enabled", true)))
                .hasMessageContaining("tokenSecret.name");
        assertThatThrownBy(() -> Chart.render(Map.of("replicaCount", 2))).hasMessageContaining("replicaCount");
        assertThatThrownBy(() -> Chart.render(Map.of("secrets.masterKey", "short")))
                .hasMessageContaining("masterKey");
    }

    private static List<SecretKeySelector> references(Chart chart) {
        return chart.container().getEnv().stream()
                .map(variable -> variable.getValueFrom() == null
                        ? null
                        : variable.getValueFrom().getSecretKeyRef())
                .filter(Objects::nonNull)
                .toList();
    }

    private static String decoded(Secret secret, String key) {
        return new String(
                Base64.getDecoder().decode(secret.getData().get(key)), java.nio.charset.StandardCharsets.UTF_8);
    }
}
