package dev.leat.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers calls that no other controller knows, with problem details like theirs. */
@Hidden
@RestController
class UnknownCallController {

    @RequestMapping("/api/**")
    void unknown(HttpServletRequest request) {
        throw new NoSuchThing(
                "There is no call " + request.getMethod() + " " + request.getRequestURI() + ".",
                "See /api-docs for all calls.");
    }
}
