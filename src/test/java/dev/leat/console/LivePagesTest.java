package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written to open tabs, and when they end. */
class LivePagesTest {

    private static final Audience OPERATOR = new Audience(Locale.ENGLISH, true, "/leat");
    private static final Audience VIEWER = new Audience(Locale.CHINESE, false, "");

    private final FakeTasks tasks = new FakeTasks().hold(Samples.all());
    private final LiveParts parts = new LiveParts(tasks, Templates.engine());
    private final LivePages pages = new LivePages(parts, 2);
    private final Watched billing =
            new Watched.OneTask(Samples.runningIncremental().id());

    @AfterEach
    void stop() {
        pages.close();
    }

    @Test
    void writesThePartsOfATaskAsThePageDoes() {
        var written = parts.write(parts.read(billing), OPERATOR);
        assertThat(written).containsOnlyKeys("state", "progress", "events");
        assertThat(written.get("state"))
                .contains("billing", "formaction=\"/leat/tasks/")
                .doesNotContain("<html");
        assertThat(written.get("progress")).contains("9,120,337 changes").doesNotContain("<html", "billing");
        assertThat(written.get("events")).contains("set aside", "2A/16B37480").doesNotContain("<html");
    }

    @Test
    void writesForEachAudienceInItsLanguageAndWithItsRights() {
        assertThat(parts.write(parts.read(billing), VIEWER).get("state"))
                .contains("运行中")
                .doesNotContain("formaction");
    }

    @Test
    void writesTheListAsSearched() {
        var list = parts.read(new Watched.TaskList(new ListQuery("bill", "", "", 1)));
        assertThat(parts.write(list, OPERATOR).get("tasks")).contains("billing").doesNotContain("shop-to-kafka");
    }

    @Test
    void opensNoMoreTabsThanAllowed() {
        assertThat(pages.open(billing, OPERATOR)).isPresent();
        assertThat(pages.open(billing, VIEWER)).isPresent();
        assertThat(pages.open(billing, OPERATOR)).isEmpty();
        assertThat(pages.openTabs()).isEqualTo(2);
    }

    @Test
    void theListWasReadForEachWayOfLookingAtIt() {
        pages.open(new Watched.TaskList(new ListQuery("bill", "", "", 1)), OPERATOR);
        pages.open(new Watched.TaskList(new ListQuery("shop", "", "", 1)), OPERATOR);
        tasks.lists = 0;

        pages.tick();

        assertThat(tasks.lists).isEqualTo(1);
    }

    @Test
    void endsTheTabsOfATaskThatIsGone() {
        pages.open(billing, OPERATOR);
        tasks.hold(List.of());
        pages.tick();
        assertThat(pages.openTabs()).isZero();
    }

    @Test
    void opensNothingOnceItIsClosed() {
        pages.open(billing, OPERATOR);
        pages.close();
        assertThat(pages.openTabs()).isZero();
        assertThat(pages.open(billing, OPERATOR)).isEmpty();
    }
}
