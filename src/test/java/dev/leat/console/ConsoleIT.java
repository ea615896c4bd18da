package dev.leat.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.task.EventView;
import dev.leat.task.TaskView;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The console in a real browser, over tasks in memory. */
@ExtendWith(Browser.class)
@SpringBootTest(classes = ConsoleApp.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class ConsoleIT {

    /** The button that takes a task on from where it is. */
    private static final String MAIN_ACTION = "#task-head button[form=act]";

    @Autowired
    private FakeTasks tasks;

    @LocalServerPort
    private int port;

    @BeforeEach
    void holdEverything() {
        tasks.hold(Samples.all());
        tasks.holdAlerts(Samples.alerts());
    }

    @Test
    void everyPageIsSoundInEveryColourAndWidth(Windows windows) {
        var window = windows.open();
        check(window.go(url("/login")), "login");
        window.signIn(base(), "ada", "secret");
        check(window.go(url("/tasks")), "list");
        Map<String, TaskView> tasksByName = Map.of(
                "full", Samples.runningFull(),
                "incremental", Samples.runningIncremental(),
                "retrying", Samples.retrying(),
                "failed", Samples.failed(),
                "paused", Samples.paused(),
                "draft", Samples.draft());
        tasksByName.forEach((name, task) -> check(window.go(url(task)), name));
        for (String action : List.of("restart", "release")) {
            check(window.go(url("/tasks/" + Samples.paused().id() + "/" + action)), action);
        }
        tasks.hold(List.of(Samples.precheckFailed(), Samples.released()));
        check(window.go(url(Samples.precheckFailed())), "precheck-failed");
        check(window.go(url(Samples.released())), "released");
        tasks.hold(List.of());
        check(window.go(url("/tasks")), "empty");
        window.assertNoErrors();
    }

    private static void check(Window window, String name) {
        if (window.find(".live").count() > 0) {
            assertThat(window.find(".live")).hasText("Live");
        }
        if (window.find("#charts").count() > 0) {
            assertThat(window.find(".chart-now").last()).containsText("most");
        }
        window.check(name);
    }

    @Test
    void signsInAndOut(Windows windows) {
        var window = windows.open().signIn(base(), "ada", "wrong");
        assertThat(window.find("[role=alert]")).containsText("do not match");
        window.signIn(base(), "ada", "secret");
        assertThat(window.page()).hasURL(url("/tasks"));
        window.find(".user-button").click();
        assertThat(window.find("#user-menu")).isVisible();
        window.find("#user-menu form button").click();
        assertThat(window.find("[role=status]")).containsText("You are signed out");
        window.assertNoErrors();
    }

    @Test
    void aPageThatIsNotThereSaysSoInTheFrame(Windows windows) {
        var window = windows.open().signIn(base(), "ada", "secret");
        for (String path : List.of("/nowhere", "/tasks/" + UUID.randomUUID(), "/tasks/x")) {
            window.go(url(path));
            assertThat(window.find("h1")).hasText("There is nothing here");
            assertThat(window.find(".user-name")).hasText("ada");
        }
        window.check("not-found");
    }

    @Test
    void theTaskPageFollowsTheTaskWithoutALoad(Windows windows) {
        var window = onTask(windows, Samples.runningFull());
        assertThat(window.find("#tile-rows .tile-value")).hasText("41,283");
        tasks.replace(FakeTasks.at(52_000, Samples.runningFull()));
        assertThat(window.find("#tile-rows .tile-value")).hasText("52,000");
        tasks.replace(FakeTasks.in("PAUSED", Samples.runningFull()));
        assertThat(window.find(".task-state")).hasText("Paused");
        assertThat(window.find(MAIN_ACTION)).hasText("Resume");
        tasks.holdEvents(
                List.of(new EventView(9, Samples.NOW, "INFO", "STATE_CHANGED", "RUNNING → PAUSED by ada", null)));
        assertThat(window.find(".event-message").first()).containsText("Paused, by ada");
        assertThat((Boolean) window.page().evaluate("window.stayed === true")).isTrue();
        window.assertNoErrors();
    }

    @Test
    void liveUpdatesKeepTheSparklinesAndTheirPlaces(Windows windows) {
        var window = onTask(windows, Samples.runningIncremental());
        assertThat(window.find("#spark-delay canvas")).isVisible();
        var before = window.find("#task-tables").boundingBox();
        window.page().evaluate("document.querySelector('#spark-delay canvas').dataset.mark = 'kept'");
        tasks.replace(FakeTasks.at(98_765, Samples.runningIncremental()));
        assertThat(window.find("#tile-rows .tile-value")).hasText("98,765");
        assertThat(window.find("#spark-delay canvas[data-mark=kept]")).hasCount(1);
        assertThat(window.find("#task-tables").boundingBox().y).isEqualTo(before.y);
        window.assertNoErrors();
    }

    @Test
    void theListFollowsItsTasks(Windows windows) {
        tasks.hold(List.of());
        var window = windows.open().signIn(base(), "ada", "secret");
        assertThat(window.find("h2")).hasText("No tasks yet");
        assertThat(window.find(".live")).hasText("Live");
        tasks.hold(List.of(Samples.runningFull()));
        assertThat(window.find(".task-link")).hasText("shop-to-kafka");
        window.assertNoErrors();
    }

    @Test
    void pausesAndResumesInPlace(Windows windows) {
        var window = onTask(windows, Samples.runningFull());
        window.find(MAIN_ACTION).click();
        assertThat(window.find("#flash")).hasText("shop-to-kafka is pausing.");
        assertThat(window.find(".task-state")).hasText("Paused");
        window.find(MAIN_ACTION).click();
        assertThat(window.find("#flash")).hasText("shop-to-kafka is resuming.");
        assertThat(tasks.asked).containsExactly("pause shop-to-kafka by ada", "resume shop-to-kafka by ada");
        assertThat((Boolean) window.page().evaluate("window.stayed === true")).isTrue();
        tasks.replace(FakeTasks.at(52_000, Samples.runningFull()));
        assertThat(window.find("#tile-rows .tile-value")).hasText("52,000");
        window.assertNoErrors();
    }

    @Test
    void actsFromTheListInPlace(Windows windows) {
        var window = windows.open().signIn(base(), "ada", "secret");
        var row = "#task-" + Samples.paused().id();
        window.find(row + " button").click();
        assertThat(window.find("#flash")).hasText("inventory is resuming.");
        assertThat(window.find(row + " .state")).hasText("Running");
        assertThat(tasks.asked).containsExactly("resume inventory by ada");
        window.assertNoErrors();
    }

    @Test
    void restartsOnlyAfterAsking(Windows windows) {
        var window = onTask(windows, Samples.paused());
        window.find("[data-dialog=restart]").click();
        assertThat(window.find("#restart")).containsText("copies all tables again");
        window.check("restart-dialog");
        window.press("Escape");
        assertThat(window.find("#restart")).isHidden();
        assertThat(tasks.asked).isEmpty();
        window.find("[data-dialog=restart]").click();
        window.find("#restart button[type=submit]").click();
        assertThat(window.find("#flash")).hasText("inventory begins anew.");
        assertThat(window.find(".task-state")).hasText("Running");
        assertThat(window.find("[data-dialog=restart]")).hasCount(0);
        assertThat(tasks.asked).containsExactly("restart inventory by ada");
        window.assertNoErrors();
    }

    @Test
    void releasesOnlyAfterAsking(Windows windows) {
        var window = onTask(windows, Samples.paused());
        window.find("[data-dialog=release]").click();
        assertThat(window.find("#release")).isVisible();
        window.check("release-dialog");
        window.find("#release [data-close]").click();
        assertThat(window.find("#release")).isHidden();
        assertThat(tasks.asked).isEmpty();
        window.find("[data-dialog=release]").click();
        window.find("#release button[type=submit]").click();
        assertThat(window.find(".task-state")).hasText("Released");
        assertThat(window.find(".actions > *")).hasText(new String[] {"Clone"});
        assertThat(tasks.asked).containsExactly("release inventory by ada");
        window.assertNoErrors();
    }

    @Test
    void tablesAreFoundWhileTyping(Windows windows) {
        var window = onTask(windows, Samples.runningFull());
        assertThat(window.find("#task-tables tbody tr[id^=table-]")).hasCount(6);
        window.find("#tables-q").fill("pay");
        assertThat(window.find("#task-tables tbody tr[id^=table-]")).hasCount(1);
        window.find("#tables-q").press("Enter");
        window.find("#tables-q").fill("");
        window.find("#tables-state").selectOption("COPYING");
        assertThat(window.find("#task-tables tbody tr[id^=table-]")).hasCount(2);
        window.assertNoErrors();
    }

    @Test
    void worksWithoutJavaScript(Windows windows) {
        var window = windows.open(Windows.wide().setJavaScriptEnabled(false)).signIn(base(), "ada", "secret");
        window.find("#task-" + Samples.runningFull().id() + " button").click();
        assertThat(window.find("#flash")).hasText("shop-to-kafka is pausing.");
        window.go(url(Samples.runningFull()));
        window.find("[data-dialog=restart]").click();
        window.find(".confirm button").click();
        assertThat(window.find("#flash")).hasText("shop-to-kafka begins anew.");
        window.find("[data-dialog=release]").click();
        window.find(".confirm button").click();
        assertThat(window.find(".task-state")).hasText("Released");
        window.find("#tables-q").fill("pay");
        window.find("#tables-form button").click();
        assertThat(window.find("#task-tables tbody tr[id^=table-]")).hasCount(1);
        window.screenshot("no-script-light-wide");
        window.assertNoErrors();
    }

    @Test
    void theLastPageOfManyTasksIsSound(Windows windows) {
        tasks.hold(Samples.many(1_003));
        var window = windows.open().signIn(base(), "ada", "secret").go(url("/tasks?sort=name&page=11"));
        assertThat(window.find(".task-link")).hasCount(3);
        assertThat(window.find(".pages")).containsText("Page 11 of 11");
        check(window, "list-many");
        window.assertNoErrors();
    }

    @Test
    void aThousandTasksAreSearchedSortedPagedAndActedOn(Windows windows) {
        tasks.hold(Samples.many(1_000));
        var window = windows.open().signIn(base(), "ada", "secret");
        assertThat(window.find(".task-link")).hasCount(100);
        assertThat(window.find("main > div > div > .count")).hasText("1,000 tasks");
        window.find("#sort").selectOption("name");
        assertThat(window.find(".task-link").first()).hasText("task-0000");
        window.find(".pages [rel=next]").click();
        assertThat(window.find(".task-link").first()).hasText("task-0100");
        assertThat(window.find(".pages")).containsText("Page 2 of 10");
        window.assertFitsItsWidth();
        window.assertAccessible(".pages");
        window.find("#q").fill("production");
        window.find("#q").press("Enter");
        assertThat(window.find(".task-link")).hasCount(10);
        assertThat(window.find(".labels").first()).hasText("production");
        window.find("#tick-all").check();
        window.find(".several button[formaction$='/pause']").click();
        assertThat(window.find("#flash")).hasText("Tasks pausing: 10");
        assertThat(tasks.asked).hasSize(10).allMatch(asked -> asked.startsWith("pause task-0"));
        window.assertNoErrors();
    }

    @Test
    void aViewerSeesAndCannotAct(Windows windows) {
        var window = windows.open().signIn(base(), "vic", "secret");
        assertThat(window.find(".task-link")).hasCount(6);
        assertThat(window.find(".actions > *")).hasCount(0);
        window.go(url(Samples.paused()));
        assertThat(window.find("h1")).hasText("inventory");
        assertThat(window.find(".actions > *, dialog, .t-acts")).hasCount(0);
        window.assertNoErrors();
    }

    @Test
    void remembersTheChosenColours(Windows windows) {
        var window = windows.open().signIn(base(), "ada", "secret");
        assertThat(window.find("html")).hasAttribute("data-bs-theme", "light");
        window.find(".user-button").click();
        window.check("menu");
        window.find("[data-theme-choice=dark]").click();
        assertThat(window.find("html")).hasAttribute("data-bs-theme", "dark");
        window.page().reload();
        assertThat(window.find("html")).hasAttribute("data-bs-theme", "dark");
        window.assertNoErrors();
    }

    @Test
    void speaksChinese(Windows windows) {
        var window = windows.open(Windows.wide().setLocale("zh-CN")).signIn(base(), "ada", "secret");
        assertThat(window.find("h1")).hasText("任务");
        window.screenshot("list-chinese");
        window.go(url(Samples.retrying()));
        assertThat(window.find(".live")).hasText("实时");
        assertThat(window.find(".task-state")).hasText("重试中");
        assertThat(window.find(".failure .kind")).containsText("源端不可达");
        assertThat(window.find(".failure-times")).containsText("12小时后");
        assertThat(window.find(".failure-remedy")).containsText("请检查源端是否在运行");
        assertThat(window.find(".failure-message")).hasAttribute("lang", "en");
        assertThat(window.find(".event-message").last()).containsText("就绪");
        assertThat(window.find(".why [lang=en]").first()).containsText("holds NaN");
        window.check("retrying-chinese");
        window.assertNoErrors();
    }

    @Test
    void isUsedByKeyboardAlone(Windows windows) {
        var window = windows.open().signIn(base(), "ada", "secret");
        window.go(url("/tasks"));
        window.press("Tab");
        assertThat(window.find(".skip")).isFocused();
        window.press("Enter");
        assertThat(window.find("#main")).isFocused();
        window.tabTo(".task-link");
        window.press("Enter");
        assertThat(window.find("h1")).hasText("shop-to-kafka");
        window.tabTo("[data-dialog=release]");
        window.press("Enter");
        assertThat(window.find("#release")).isVisible();
        window.press("Escape");
        assertThat(window.find("#release")).isHidden();
        assertThat(window.find("[data-dialog=release]")).isFocused();
        window.assertNoErrors();
    }

    private Window onTask(Windows windows, TaskView task) {
        var window = windows.open().signIn(base(), "ada", "secret").go(url(task));
        assertThat(window.find(".live")).hasText("Live");
        window.page().evaluate("window.stayed = true");
        return window;
    }

    private String base() {
        return "http://localhost:" + port;
    }

    private String url(String path) {
        return base() + path;
    }

    private String url(TaskView task) {
        return url("/tasks/" + task.id());
    }
}
