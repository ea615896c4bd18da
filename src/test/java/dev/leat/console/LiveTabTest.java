package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What goes over the wire to one tab. */
class LiveTabTest {

    private static final Audience READER = new Audience(Locale.ENGLISH, true, "");
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Hands out the stream of one tab; not static, so that no component scan finds it. */
    @RestController
    private final class Stream {

        private final LiveTab tab;

        Stream(LiveTab tab) {
            this.tab = tab;
        }

        @GetMapping("/stream")
        SseEmitter stream() {
            return tab.emitter();
        }
    }

    @Test
    void sendsOnlyWhatChanged() throws Exception {
        var tab = new LiveTab(READER, LONG, LONG);
        var response = connect(tab);
        tab.offer(Map.of("state", "<p>one\ntwo</p>", "events", "none"));
        await().untilAsserted(() -> assertThat(body(response))
                .contains("event:state\ndata:<p>one\ndata:two</p>\n\n", "event:events\ndata:none\n\n"));
        tab.offer(Map.of("state", "<p>one\ntwo</p>", "events", "some"));
        await().untilAsserted(() -> assertThat(body(response)).contains("data:some\n\n"));
        assertThat(body(response)).containsOnlyOnce("event:state");
        tab.end();
    }

    @Test
    void aQuietTabIsKeptOpenByHeartbeats() throws Exception {
        var tab = new LiveTab(READER, Duration.ofMillis(5), LONG);
        var response = connect(tab);
        await().untilAsserted(() -> assertThat(body(response)).contains(":heartbeat\n\n:heartbeat\n\n"));
        assertThat(tab.isEnded()).isFalse();
        tab.end();
    }

    @Test
    void aTabEndsAfterItsTime() throws Exception {
        var tab = new LiveTab(READER, LONG, Duration.ofMillis(20));
        connect(tab);
        await().until(tab::isEnded);
        assertThat(tab.isEnded()).isTrue();
    }

    @Test
    void aTabThatDoesNotKeepUpIsEnded() {
        var tab = new LiveTab(READER, LONG, LONG);
        for (int i = 0; i < 17; i++) {
            assertThat(tab.isEnded()).isFalse();
            tab.offer(Map.of("state", "<p>%d</p>".formatted(i)));
        }
        assertThat(tab.isEnded()).isTrue();
    }

    private MockHttpServletResponse connect(LiveTab tab) throws Exception {
        var mvc = MockMvcBuilders.standaloneSetup(new Stream(tab)).build();
        var response =
                mvc.perform(MockMvcRequestBuilders.get("/stream")).andReturn().getResponse();
        Thread.ofVirtual().start(tab);
        return response;
    }

    private static String body(MockHttpServletResponse response) throws UnsupportedEncodingException {
        return response.getContentAsString();
    }
}
