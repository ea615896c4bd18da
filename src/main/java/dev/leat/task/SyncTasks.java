package dev.leat.task;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** The stored tasks. */
interface SyncTasks extends JpaRepository<SyncTask, UUID> {

    /** A task that nobody else changes until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from SyncTask t where t.id = :id")
    Optional<SyncTask> lock(UUID id);

    /** All tasks, newest first. */
    List<SyncTask> findAllByOrderByCreatedAtDesc();

    /** The newest tasks before one, of those in a state (or in any, when empty) whose names contain a text. */
    @Query("from SyncTask t where (:state = '' or t.state = :state)"
            + " and (:text = '' or locate(lower(:text), lower(t.name)) > 0)"
            + " and (t.createdAt < :before or t.createdAt = :before and t.id < :beforeId)"
            + " order by t.createdAt desc, t.id desc")
    List<SyncTask> find(String state, String text, Instant before, UUID beforeId, Limit limit);

    /** Tasks in one of some states. */
    List<SyncTask> findAllByStateIn(Collection<String> states);

    /** Tasks that use a connection at either end, until what they have at their source is dropped. */
    @Query("from SyncTask t where (t.state <> 'RELEASED' or t.cleanedUp = false)"
            + " and (t.sourceConnection = :connection or t.destinationConnection = :connection)")
    List<SyncTask> using(String connection);
}
