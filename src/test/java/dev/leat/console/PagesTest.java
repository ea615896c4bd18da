package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.alert.AlertRule;
import dev.leat.task.TaskView;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** The pages as they leave the server, without a browser. */
class PagesTest {

    private final FakeTasks tasks = new FakeTasks().hold(Samples.all());
    private final MockMvcTester mvc = tester();

    @Test
    void theListShowsEveryTaskWithItsStateInWords() {
        assertThat(page("/tasks"))
                .contains("shop-to-kafka", "billing", "Running", "Retrying", "Failed", "Paused", "Draft")
                .contains("production", "reporting", "finance")
                .contains("41,283", "63.4 %", "6 tasks");
    }

    @Test
    void anEmptyListSaysWhatToDo() {
        tasks.hold(List.of());
        assertThat(page("/tasks")).contains("No tasks yet", "tasks?start=true").doesNotContain("<table");
    }

    @Test
    void theListIsSearchedByNameAndState() {
        assertThat(page("/tasks?q=BILL")).contains("billing", "1 of 6 tasks").doesNotContain("shop-to-kafka");
        assertThat(page("/tasks?state=PAUSED")).contains("inventory").doesNotContain("billing");
        assertThat(page("/tasks?q=nowhere")).contains("No task fits this search");
    }

    @Test
    void aTaskInTheFullPhaseShowsHowFarItIs() {
        assertThat(page(Samples.runningFull()))
                .contains("76 of 120 tables", "12,405,887 rows", "63.4 %", "12.4", "MB/s")
                .contains("The first checkpoint is saved when changes flow.")
                .doesNotContain("id=\"failure-title\"");
    }

    @Test
    void aTaskThatFollowsShowsDelayChangesAndCheckpoint() {
        assertThat(page(Samples.runningIncremental()))
                .contains("9,120,337 changes", "2A/16B37480", "3.4", "GB")
                .contains("data-value=\"0.0031\"");
    }

    @Test
    void aTaskThatTriesAgainSaysWhenAndHowLong() {
        assertThat(page(Samples.retrying()))
                .contains(
                        "Leat is trying again",
                        "Source not reachable",
                        "the connection was refused",
                        "Next attempt",
                        "Gives up")
                .contains("Check that the source is up")
                .doesNotContain("Leat does not try again by itself");
    }

    @Test
    void aFailedTaskSaysWhatToDo() {
        assertThat(page(Samples.failed()))
                .contains("The task has stopped", "RECORD_TOO_LARGE", "raise max.message.bytes")
                .contains("Leat does not try again by itself")
                .doesNotContain("Next attempt");
    }

    @Test
    void openAlertsStandInTheListAndOnTopOfTheirTask() {
        TaskView behind = Samples.runningIncremental();
        tasks.holdAlerts(List.of(Samples.alert(behind, AlertRule.DELAY), Samples.alert(behind, AlertRule.WAL_HELD)));
        assertThat(page("/tasks")).containsOnlyOnce("Far behind").containsOnlyOnce("data-state=\"WAL_HELD\"");
        assertThat(page(behind))
                .contains(
                        "id=\"alerts\"",
                        "Far behind",
                        "12 min 40 s behind",
                        "Look at the charts",
                        "data-state=\"WAL_HELD\"");
        assertThat(page(Samples.paused())).doesNotContain("id=\"alerts\"");
    }

    @Test
    void aFailureIsNotToldTwice() {
        TaskView failed = Samples.failed();
        tasks.holdAlerts(List.of(Samples.alert(failed, AlertRule.FAILURE)));
        assertThat(page("/tasks")).doesNotContain("bi-bell-fill");
        assertThat(page(failed)).contains("The task has stopped").doesNotContain("id=\"alerts\"");
    }

    @Test
    void aPhaseIsOnHoldWhileItsTaskDoesNotRun() {
        assertThat(page(Samples.failed())).contains("On hold").doesNotContain("muted\">Running</span>", "flow-moving");
        assertThat(page(Samples.runningIncremental())).contains("flow-moving").doesNotContain("On hold");
    }

    @Test
    void onlyActionsThatMakeSenseAreOffered() {
        assertThat(page(Samples.runningFull()))
                .contains("/pause\"", "/release\"")
                .doesNotContain("/resume\"", "/start\"");
        assertThat(page(Samples.paused()))
                .contains("/resume\"", "/restart\"", "/release\"")
                .doesNotContain("/pause\"", "/start\"");
        assertThat(page(Samples.draft())).contains("/start\"").doesNotContain("/pause\"", "/resume\"");
    }

    @Test
    void aViewerIsOfferedNoActions() {
        var result = mvc.perform(MockMvcRequestBuilders.get("/tasks").locale(Locale.ENGLISH));
        assertThat(text(result)).contains("shop-to-kafka").doesNotContain("formaction");
    }

    @Test
    void tablesAreSearchedOnTheServer() {
        String tables = page("/tasks/" + Samples.runningFull().id() + "/tables?q=ord");
        assertThat(tables).contains("orders").doesNotContain("shipments", "<html", "<main");
        assertThat(page("/tasks/" + Samples.runningFull().id() + "/tables?state=SET_ASIDE"))
                .contains("holds NaN", "resync the table")
                .doesNotContain("orders");
    }

    @Test
    void noPageCarriesInlineScriptOrStyle() {
        for (String path :
                List.of("/tasks", "/login", "/tasks/" + Samples.retrying().id())) {
            assertThat(page(path)).doesNotContainPattern("\\sstyle=|\\son[a-z]+=\"|<style|<script>|javascript:|\\?\\?");
        }
    }

    @Test
    void pagesSpeakChinese() {
        var result = mvc.perform(operator(MockMvcRequestBuilders.get("/tasks")).locale(Locale.CHINESE));
        assertThat(text(result)).contains("lang=\"zh\"", "运行中", "已暂停").doesNotContain("Running", "??");
    }

    @Test
    void anActionIsDoneByWhoAskedAndLeadsBack() {
        var task = Samples.runningFull();
        var result = mvc.perform(operator(MockMvcRequestBuilders.post("/tasks/{id}/pause", task.id())));
        assertThat(result).hasRedirectedUrl("/tasks/" + task.id());
        assertThat(result.getMvcResult().getFlashMap().get("flash"))
                .isEqualTo(new Flash(true, "flash.pause", "shop-to-kafka"));
        assertThat(tasks.asked).containsExactly("pause shop-to-kafka by ada");
    }

    @Test
    void severalTasksAreActedOnAndTheOthersLeftAlone() {
        var post = MockMvcRequestBuilders.post("/tasks/actions/pause")
                .param(
                        "ticked",
                        Samples.runningFull().id().toString(),
                        Samples.retrying().id().toString(),
                        Samples.paused().id().toString());
        var result = mvc.perform(operator(post));
        assertThat(result).hasRedirectedUrl("/tasks");
        assertThat(result.getMvcResult().getFlashMap().get("flash"))
                .isEqualTo(new Flash(true, "flash.several.pause", "2"));
        assertThat(tasks.asked).hasSize(2).allMatch(asked -> asked.startsWith("pause "));
        assertThat(mvc.perform(operator(MockMvcRequestBuilders.post("/tasks/actions/pause")))
                        .getMvcResult()
                        .getFlashMap()
                        .get("flash"))
                .isEqualTo(new Flash(false, "flash.several.none", "0"));
    }

    /** An unfinished draft among those that were ticked was an error page, after some of the others had been started. */
    @Test
    void aDraftThatIsNotCompleteIsLeftAloneAmongSeveral() {
        String draft = Samples.draft().id().toString();
        var several = mvc.perform(
                operator(MockMvcRequestBuilders.post("/tasks/actions/start").param("ticked", draft)));
        assertThat(several).hasRedirectedUrl("/tasks");
        assertThat(several.getMvcResult().getFlashMap().get("flash"))
                .isEqualTo(new Flash(false, "flash.several.start", "0"));
        var one = mvc.perform(operator(MockMvcRequestBuilders.post("/tasks/{id}/start", draft)));
        assertThat(one.getMvcResult().getFlashMap().get("flash"))
                .isEqualTo(new Flash(false, "flash.refused", "objects: Nothing is selected."));
        assertThat(tasks.asked).isEmpty();
    }

    @Test
    void anActionOfTheListLeadsBackToTheList() {
        var post = MockMvcRequestBuilders.post(
                "/tasks/{id}/resume", Samples.paused().id());
        assertThat(mvc.perform(operator(post.param("back", "list")))).hasRedirectedUrl("/tasks");
        var elsewhere = MockMvcRequestBuilders.post(
                "/tasks/{id}/pause", Samples.paused().id());
        assertThat(mvc.perform(operator(elsewhere.param("back", "https://example.org"))))
                .hasRedirectedUrl("/tasks/" + Samples.paused().id());
    }

    @Test
    void aRefusalIsShownInItsOwnWords() {
        var result = mvc.perform(operator(MockMvcRequestBuilders.post(
                "/tasks/{id}/pause", Samples.paused().id())));
        assertThat(result.getMvcResult().getFlashMap().get("flash"))
                .isEqualTo(new Flash(false, "flash.refused", "Cannot pause task 'inventory' in state PAUSED."));
        assertThat(tasks.asked).isEmpty();
    }

    @Test
    void releaseAsksOnceMoreWithoutJavaScript() {
        assertThat(page("/tasks/" + Samples.paused().id() + "/release"))
                .contains("Release inventory?", "drops its replication slot", "Keep the task");
    }

    @Test
    void restartTellsItsConsequencesWithoutJavaScript() {
        assertThat(page("/tasks/" + Samples.failed().id() + "/restart"))
                .contains("from the full phase?", "copies all tables again", "Topics keep their records", "/restart\"");
    }

    @Test
    void aCloneLeadsIntoTheSetupOfItsDraft() {
        var task = Samples.released();
        tasks.hold(List.of(task));
        var result = mvc.perform(operator(MockMvcRequestBuilders.post("/tasks/{id}/clone", task.id())));
        assertThat(result).hasRedirectedUrl("/tasks/" + FakeTasks.COPY + "/edit/ends");
        assertThat(result.getMvcResult().getFlashMap().get("flash"))
                .isEqualTo(new Flash(true, "flash.clone", "inventory"));
        assertThat(tasks.asked).containsExactly("clone inventory by ada");
    }

    @Test
    void englishOfTheEngineIsMarkedAsSuch() {
        var result = mvc.perform(operator(MockMvcRequestBuilders.get(
                        "/tasks/" + Samples.retrying().id()))
                .locale(Locale.CHINESE));
        assertThat(text(result))
                .contains("源端不可达", "请检查源端是否在运行", "lang=\"en\">Source crm-db")
                .doesNotContain("Check that the source is up");
        assertThat(page(Samples.retrying())).contains("Check that the source is up");
    }

    @Test
    void aTaskThatIsGoneIsAPageNotADocument() {
        for (String path : List.of("/tasks/" + UUID.randomUUID(), "/tasks/nonsense")) {
            var result = mvc.perform(operator(MockMvcRequestBuilders.get(path)));
            assertThat(result).hasStatus(404);
            assertThat(text(result)).contains("There is nothing here", "404");
        }
    }

    @Test
    void theSignInPageSaysWhenTheWordsDoNotMatch() {
        assertThat(page("/login?error")).contains("do not match").doesNotContain("You are signed out");
        assertThat(page("/login?limited")).contains("Too many attempts").doesNotContain("do not match");
        assertThat(page("/login?logout")).contains("You are signed out").doesNotContain("do not match");
    }

    private String page(TaskView task) {
        return page("/tasks/" + task.id());
    }

    private String page(String path) {
        var result = mvc.perform(operator(MockMvcRequestBuilders.get(path)).locale(Locale.ENGLISH));
        assertThat(result).hasStatusOk();
        return text(result);
    }

    private static String text(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString();
        } catch (java.io.UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static MockHttpServletRequestBuilder operator(MockHttpServletRequestBuilder request) {
        return request.header("Accept", "text/html").principal(() -> "ada").with(r -> {
            r.setRemoteUser("ada");
            r.addUserRole("OPERATOR");
            return r;
        });
    }

    private MockMvcTester tester() {
        var views = new ThymeleafViewResolver();
        views.setTemplateEngine(Templates.engine());
        views.setCharacterEncoding("UTF-8");
        var console = new ConsoleConfiguration();
        return MockMvcTester.create(
                MockMvcBuilders.standaloneSetup(new TaskPages(tasks), new TaskActions(tasks), new SignInPage())
                        .setControllerAdvice(new ErrorPages())
                        .addInterceptors(new ConsoleFrame())
                        .setLocaleResolver(console.localeResolver())
                        .setViewResolvers(views)
                        .build());
    }
}
