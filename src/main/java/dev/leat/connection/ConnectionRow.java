package dev.leat.connection;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A connection in the database: its settings, and apart from them its secrets, encrypted. */
@Entity
@Table(name = "connection")
class ConnectionRow {

    @Id
    private String name;

    @Enumerated(EnumType.STRING)
    private ConnectionKind kind;

    @JdbcTypeCode(SqlTypes.JSON)
    private String settings;

    @JdbcTypeCode(SqlTypes.JSON)
    private String secrets;

    private Instant createdAt;

    private Instant updatedAt;

    @Version
    private @Nullable Long version;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway")
    protected ConnectionRow() {}

    ConnectionRow(String name, ConnectionKind kind, String settings, String secrets, Instant createdAt) {
        this.name = name;
        this.kind = kind;
        this.settings = settings;
        this.secrets = secrets;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    void change(ConnectionKind kind, String settings, String secrets, Instant at) {
        this.kind = kind;
        this.settings = settings;
        this.secrets = secrets;
        this.updatedAt = at;
    }

    String name() {
        return name;
    }

    ConnectionKind kind() {
        return kind;
    }

    String settings() {
        return settings;
    }

    String secrets() {
        return secrets;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    long version() {
        return version == null ? 0 : version;
    }
}
