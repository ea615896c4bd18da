package dev.leat.task;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /** Tasks in one of some states. */
    List<SyncTask> findAllByStateIn(Collection<String> states);

    /** Tasks that use a connection at either end, until what they have at their source is dropped. */
    @Query("from SyncTask t where (t.state <> 'RELEASED' or t.cleanedUp = false)"
            + " and (t.sourceConnection = :connection or t.destinationConnection = :connection)")
    List<SyncTask> using(String connection);
}
