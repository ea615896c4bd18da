package dev.leat.console;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a {@link Windows} parameter, backed by one Chromium for the whole run.
 *
 * <p>Looks at {@code -Dchromium.path}, then {@code CHROMIUM_PATH}, then the usual places; without one the test class
 * is skipped before anything else starts. Put it before {@code @SpringBootTest}.
 */
final class Browser implements ExecutionCondition, ParameterResolver {

    private static final String NONE =
            "No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.";
    private static final List<String> USUAL =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** The running browser; JUnit closes it after the last test. */
    private record Running(Playwright playwright, com.microsoft.playwright.Browser browser) implements AutoCloseable {

        static Running start(Path executable) {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(java.util.Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            var options = new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setArgs(FLAGS);
            return new Running(playwright, playwright.chromium().launch(options));
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (executable().isPresent()) {
            return ConditionEvaluationResult.enabled("Chromium is here");
        }
        System.err.println("[browser tests skipped] " + context.getDisplayName() + ": " + NONE);
        return ConditionEvaluationResult.disabled(NONE);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Windows.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var forAll = context.getRoot().getStore(Namespace.create(Browser.class));
        Running running = forAll.computeIfAbsent(
                Running.class, _ -> Running.start(executable().orElseThrow()), Running.class);
        var forTest = context.getStore(Namespace.create(Browser.class));
        return forTest.computeIfAbsent(Windows.class, _ -> new Windows(running.browser()), Windows.class);
    }

    private static Optional<Path> executable() {
        return Stream.concat(
                        Stream.of(
                                        System.getProperty("chromium.path", ""),
                                        System.getenv().getOrDefault("CHROMIUM_PATH", ""))
                                .filter(path -> !path.isBlank()),
                        USUAL.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
