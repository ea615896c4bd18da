package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One browser window that remembers every error, so that a test can say that there was none. */
final class Window {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final int HEIGHT = 900;

    private static final int MOST_TABS = 150;

    private static final String AXE = readAxe();

    private static final Map<SignIn, List<Cookie>> SESSIONS = new ConcurrentHashMap<>();

    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    Window(Page page) {
        this.page = page;
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add("console: " + message.text());
            }
        });
        page.onPageError(error -> errors.add("script: " + error));
        page.onResponse(response -> {
            if (response.status() >= 400) {
                errors.add("%d %s".formatted(response.status(), response.url()));
            }
        });
    }

    Page page() {
        return page;
    }

    /** Looks only at a page that has arrived whole, its scripts with it: half of one has other options and no dialogs. */
    Locator find(String selector) {
        page.waitForLoadState();
        return page.locator(selector);
    }

    Window go(String url) {
        page.navigate(url);
        return this;
    }

    /** To the list of tasks: in the session of an earlier window of that user, or by the form when there is none. */
    Window signIn(String base, String user, String password) {
        var who = new SignIn(base, user, password);
        List<Cookie> session = SESSIONS.get(who);
        if (session != null) {
            page.context().addCookies(session);
            go(base + "/tasks");
            if (!page.url().startsWith(base + "/login")) {
                return this;
            }
        }
        fillIn(who);
        if (!page.url().startsWith(base + "/login")) {
            SESSIONS.put(who, page.context().cookies());
        }
        return this;
    }

    /** Waits for the answer: to go elsewhere before would break it off. */
    private void fillIn(SignIn who) {
        go(who.base() + "/login");
        find("#username").fill(who.user());
        find("#password").fill(who.password());
        find("button[type=submit]").click();
        page.waitForURL(url -> !url.equals(who.base() + "/login"));
    }

    /** Who signs in, and where. */
    private record SignIn(String base, String user, String password) {}

    /** A way to look at a page: all four with {@code -Dscreenshots=all}, else those two that have all colours and widths. */
    private enum Look {
        LIGHT_WIDE(ColorScheme.LIGHT, 1360),
        DARK_PHONE(ColorScheme.DARK, 390),
        DARK_WIDE(ColorScheme.DARK, 1360),
        LIGHT_PHONE(ColorScheme.LIGHT, 390);

        static final List<Look> WANTED =
                "all".equals(System.getProperty("screenshots")) ? List.of(values()) : List.of(LIGHT_WIDE, DARK_PHONE);

        private final ColorScheme colours;
        private final int width;

        Look(ColorScheme colours, int width) {
            this.colours = colours;
            this.width = width;
        }

        String suffix() {
            return "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Looks at the page in both colours and widths: kept as pictures, within its width, open to everyone. */
    void check(String name) {
        var size = page.viewportSize();
        boolean dark = (Boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
        for (Look look : Look.WANTED) {
            use(look.colours);
            page.setViewportSize(look.width, HEIGHT);
            screenshot(name + look.suffix());
            assertFitsItsWidth();
            assertAccessible();
        }
        use(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
        page.setViewportSize(size.width, size.height);
    }

    private void use(ColorScheme colours) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        PlaywrightAssertions.assertThat(page.locator("html"))
                .hasAttribute("data-bs-theme", colours.name().toLowerCase(Locale.ROOT));
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    void type(String text) {
        page.keyboard().type(text);
    }

    /** Goes on with the tabulator until something has the focus, which a person with no mouse must reach. */
    void tabTo(String selector) {
        page.waitForLoadState();
        for (int presses = 0; presses < MOST_TABS; presses++) {
            page.keyboard().press("Tab");
            if ((Boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
                return;
            }
        }
        throw new AssertionError("The keyboard does not reach " + selector + " on " + page.url());
    }

    /** No script failed, nothing was missing, nothing broke the content security policy. */
    void assertNoErrors() {
        assertThat(errors).isEmpty();
    }

    /** Axe finds nothing serious in the page as it is now. */
    void assertAccessible() {
        assertAccessible("html");
    }

    /** Axe finds nothing serious in a part of the page. */
    void assertAccessible(String part) {
        if ((Boolean) page.evaluate("!window.axe")) {
            page.evaluate(AXE);
        }
        @SuppressWarnings("unchecked")
        var violations = (List<String>) page.evaluate("""
                async (part) => (await axe.run(document.querySelector(part), {resultTypes: ['violations'], preload: false})).violations
                  .filter(v => v.impact === 'serious' || v.impact === 'critical')
                  .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))
                """, part);
        assertThat(violations).as(page.url()).isEmpty();
    }

    /** The page never needs scrolling sideways. */
    void assertFitsItsWidth() {
        var excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) excess).intValue())
                .as("pixels too wide: " + page.url())
                .isLessThanOrEqualTo(0);
    }

    void screenshot(String name) {
        var size = page.viewportSize();
        var height = ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
        boolean isLong = height > size.height;
        if (isLong) {
            // what sticks to the edges of the window must not cover the middle of a long page
            page.setViewportSize(size.width, height);
            page.evaluate("scrollTo(0, 0)");
        }
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(isLong));
        if (isLong) {
            page.setViewportSize(size.width, size.height);
        }
    }

    private static String readAxe() {
        try (var in = Window.class.getResourceAsStream("/vendor/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
