package dev.leat.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Looks up names and opens sockets for a connectivity test. */
final class Tcp {

    private Tcp() {}

    /** The addresses of a name, for people to read. */
    static String resolve(String host) {
        try {
            String addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
            return addresses.equals(host) ? host + " is an address." : host + " is " + addresses + ".";
        } catch (UnknownHostException e) {
            throw new StepFailed(
                    "The name '" + host + "' is not known.",
                    "Check its spelling, and that the machine that runs Leat can look it up.",
                    e);
        }
    }

    /** Opens and closes a socket. */
    static String connect(HostPort address, Duration limit) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) limit.toMillis());
            return address + " accepts connections.";
        } catch (SocketTimeoutException e) {
            throw new StepFailed(
                    address + " does not answer within " + limit.toSeconds() + " s.",
                    "Check that host and port are right, and that no firewall or security group lies between.",
                    e);
        } catch (UnknownHostException e) {
            throw new StepFailed(
                    "The name '" + address.host() + "' is not known.",
                    "Check its spelling, and that the machine that runs Leat can look it up.",
                    e);
        } catch (IOException e) {
            throw new StepFailed(
                    address + " cannot be connected to: " + e.getMessage() + ".",
                    "Check that the server runs, listens on this address and port, and is let through by firewalls.",
                    e);
        }
    }
}
