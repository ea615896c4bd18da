package dev.leat.connection;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The certificate that a server shows when a connection is encrypted.
 *
 * @param subject whom it is for
 * @param issuer who signed it
 * @param names host names and addresses that it is valid for
 * @param from since when it is valid
 * @param until how long it is valid
 */
record ShownCertificate(String subject, String issuer, List<String> names, Instant from, Instant until) {

    private static final Duration SOON = Duration.ofDays(30);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    static ShownCertificate of(X509Certificate certificate) {
        return new ShownCertificate(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                names(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** The alternative names: kind and value each, where texts are names and addresses. */
    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .map(name -> name.get(1))
                            .filter(String.class::isInstance)
                            .map(String::valueOf)
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** For whom, by whom, and when, for people to read. */
    String described(Clock clock) {
        String text = "The server shows a certificate for " + subject
                + (names.isEmpty() ? "" : " (" + names.stream().collect(Collectors.joining(", ")) + ")")
                + (issuer.equals(subject) ? ", signed by itself" : ", signed by " + issuer) + ", valid from "
                + DAY.format(from) + " to " + DAY.format(until) + ".";
        Duration left = Duration.between(clock.instant(), until);
        return left.isPositive() && left.compareTo(SOON) < 0
                ? text + " It expires in " + (left.toDays() + 1) + " days: renew it in time."
                : text;
    }

    /** What is wrong with its dates, and what to do; empty when nothing is. */
    Optional<String> remedy(Clock clock) {
        Instant now = clock.instant();
        if (now.isAfter(until)) {
            return Optional.of(
                    "The server's certificate expired on " + DAY.format(until) + ": renew it at the server.");
        }
        return now.isBefore(from)
                ? Optional.of("The server's certificate is valid only from " + DAY.format(from)
                        + ": set the clocks of both machines, or wait.")
                : Optional.empty();
    }
}
