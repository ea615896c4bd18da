package dev.leat.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;

/** Opens browser windows for one test, each with its own session, and closes them after it. */
final class Windows implements AutoCloseable {

    /** Long, for machines that do much else at the same time; a test that passes never waits so long. */
    private static final double PATIENCE_MILLIS = 40_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    private final Browser browser;
    private final List<BrowserContext> open = new ArrayList<>();

    Windows(Browser browser) {
        this.browser = browser;
    }

    /** A desk's window in light colours. */
    Window open() {
        return open(wide());
    }

    Window open(NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        open.add(context);
        return new Window(context.newPage());
    }

    static NewContextOptions wide() {
        return new NewContextOptions()
                .setViewportSize(1360, 900)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    static NewContextOptions phone() {
        return wide().setViewportSize(390, 844).setDeviceScaleFactor(2).setHasTouch(true);
    }

    @Override
    public void close() {
        open.forEach(BrowserContext::close);
    }
}
