package dev.leat.settings;

/**
 * Where the source database is and how to sign in.
 *
 * @param kind PostgreSQL or AnalyticDB for PostgreSQL
 * @param host host name or address
 * @param port TCP port
 * @param database the database
 * @param user the role to sign in as
 * @param password its password; may be empty
 * @param sslMode how the connection is encrypted and the server checked
 * @param caCertificate PEM of the authority that signed the server's certificate; may be empty
 */
public record SourceEndpoint(
        SourceKind kind,
        String host,
        int port,
        String database,
        String user,
        Secret password,
        SslMode sslMode,
        String caCertificate) {

    /** The same server, another database. */
    public SourceEndpoint withDatabase(String other) {
        return new SourceEndpoint(kind, host, port, other, user, password, sslMode, caCertificate);
    }

    /** Host and port, for messages. */
    public String address() {
        return host + ":" + port;
    }
}
