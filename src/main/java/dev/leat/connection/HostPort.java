package dev.leat.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TCP address as text; an IPv6 address stands in brackets. */
record HostPort(String host, int port) {

    private static final Pattern SHAPE = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    /** Addresses separated by commas; empty when one of them is wrong. */
    static List<HostPort> parse(String list) {
        List<HostPort> addresses = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            Matcher matcher = SHAPE.matcher(text.strip());
            if (!matcher.matches()) {
                return List.of();
            }
            int port = Integer.parseInt(matcher.group(2));
            if (port < 1 || port > MAX_PORT) {
                return List.of();
            }
            String host = matcher.group(1);
            addresses.add(new HostPort(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port));
        }
        return addresses;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
