package io.tailrace.server.eventlog;

import static org.rocksdb.CompressionType.LZ4_COMPRESSION;
import static org.rocksdb.CompressionType.ZSTD_COMPRESSION;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * One opened database and every native object that belongs to it.
 *
 * <p>Whoever holds it sees to it that nothing is called after or during {@link #close}: native code
 * does not check.
 */
final class RocksStore implements AutoCloseable {

    private static final long SMALL_BUFFER = 2 << 20;
    private static final long LOG_FILE = 4 << 20;
    private static final int OPEN_FILES = 512;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long REST_NANOS = Duration.ofMillis(1).toNanos();
    private static final String FAILED_FILES = "rocksdb.background-errors";

    // What is new is merged again soon, which half the time went into; what is old is kept small.
    private static final List<CompressionType> COMPRESSION =
            List.of(
                    LZ4_COMPRESSION,
                    LZ4_COMPRESSION,
                    ZSTD_COMPRESSION,
                    ZSTD_COMPRESSION,
                    ZSTD_COMPRESSION,
                    ZSTD_COMPRESSION,
                    ZSTD_COMPRESSION);

    private final Deque<AbstractNativeReference> natives = new ArrayDeque<>(); // last opened first
    private final WriteOptions forced;
    private final WriteOptions relaxed;
    private final SstFileManager files;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> families = new ArrayList<>();

    /** What may be done to the directory. */
    private enum Mode {
        CREATE,
        WRITE,
        READ
    }

    private RocksStore(Path directory, RocksDbOptions options, Mode mode) throws RocksDBException {
        RocksDB.loadLibrary();
        try {
            forced = own(new WriteOptions().setSync(options.sync()).setNoSlowdown(true));
            relaxed = own(new WriteOptions().setNoSlowdown(true));
            files = own(new SstFileManager(Env.getDefault()));
            Cache cache = own(new LRUCache(options.cacheBytes()));
            DBOptions settings = own(settings(options, mode));
            List<ColumnFamilyDescriptor> descriptors =
                    List.of(
                            family("default", own(entries(cache, options))),
                            family("channels", own(small(cache, null))),
                            family("receipts", own(small(cache, own(new BloomFilter(10))))),
                            family("meta", own(small(cache, null))));
            String path = directory.toString();
            db =
                    own(
                            mode == Mode.READ
                                    ? RocksDB.openReadOnly(settings, path, descriptors, families)
                                    : RocksDB.open(settings, path, descriptors, families));
            families.forEach(this::own);
        } catch (RocksDBException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Opens or creates. */
    static RocksStore open(Path directory, RocksDbOptions options) throws RocksDBException {
        return new RocksStore(directory, options, Mode.CREATE);
    }

    /** Opens what must be there. */
    static RocksStore openAgain(Path directory, RocksDbOptions options) throws RocksDBException {
        return new RocksStore(directory, options, Mode.WRITE);
    }

    /** Opens without writing a byte: for reads while the disk is full. */
    static RocksStore openToRead(Path directory, RocksDbOptions options) throws RocksDBException {
        return new RocksStore(directory, options, Mode.READ);
    }

    RocksDB db() {
        return db;
    }

    /** Entries by channel number and position. */
    ColumnFamilyHandle entries() {
        return families.get(0);
    }

    /** State of channels by name. */
    ColumnFamilyHandle channels() {
        return families.get(1);
    }

    /** What {@link ReceiptBook} keeps. */
    ColumnFamilyHandle receipts() {
        return families.get(2);
    }

    /** Format, epoch, newest position, notes. */
    ColumnFamilyHandle meta() {
        return families.get(3);
    }

    /** Knows the table files and may limit them. */
    SstFileManager files() {
        return files;
    }

    /** Writes all or nothing; with {@link RocksDbOptions#sync} it is on the disk afterwards. */
    void commit(WriteBatch batch) throws RocksDBException {
        write(forced, batch);
    }

    /** Writes all or nothing; a power cut may undo it together with everything later. */
    void commitRelaxed(WriteBatch batch) throws RocksDBException {
        write(relaxed, batch);
    }

    /**
     * RocksDB holds writes back while table files are not written as fast as entries come. It would
     * do so without end on a full disk, so the waiting is done here: not for files that failed, and
     * not for ever.
     */
    private void write(WriteOptions how, WriteBatch batch) throws RocksDBException {
        long began = System.nanoTime();
        while (true) {
            try {
                db.write(how, batch);
                return;
            } catch (RocksDBException e) {
                boolean late = System.nanoTime() - began > PATIENCE_NANOS;
                if (!heldBack(e) || late || db.getLongProperty(FAILED_FILES) > 0) {
                    throw e;
                }
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }

    /** Whether a write failed only because it would have had to wait; nothing of it is stored. */
    static boolean heldBack(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Incomplete;
    }

    /** What was written last is on the disk afterwards. */
    void force() throws RocksDBException {
        db.flushWal(true);
    }

    @Override
    public void close() {
        natives.forEach(AbstractNativeReference::close);
        natives.clear();
    }

    private <T extends AbstractNativeReference> T own(T object) {
        natives.push(object);
        return object;
    }

    private DBOptions settings(RocksDbOptions options, Mode mode) {
        return verifying()
                .setCreateIfMissing(mode == Mode.CREATE)
                .setCreateMissingColumnFamilies(mode == Mode.CREATE)
                // A torn last record was never acknowledged; damage before it is not skipped.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                // Our own checks come after RocksDB's: until then the write-ahead log must stay.
                .setAvoidFlushDuringRecovery(true)
                .setMaxTotalWalSize(options.walBytes())
                .setDbWriteBufferSize(options.bufferBytes())
                // A reader beside a writer holds on to files that the writer deletes.
                .setMaxOpenFiles(mode == Mode.READ ? -1 : OPEN_FILES)
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(1 << 20)
                .setSstFileManager(files)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(LOG_FILE)
                .setKeepLogFileNum(4)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    /** Several write-ahead logs may be in use: one that is missing or damaged must be noticed. */
    private static DBOptions verifying() {
        Properties properties = new Properties(); // Java has no setters for these
        properties.setProperty("track_and_verify_wals_in_manifest", "true");
        properties.setProperty("track_and_verify_wals", "true");
        return Objects.requireNonNull(DBOptions.getDBOptionsFromProps(properties));
    }

    private static ColumnFamilyOptions entries(Cache cache, RocksDbOptions options) {
        return new ColumnFamilyOptions()
                .setCompressionPerLevel(COMPRESSION)
                .setWriteBufferSize(options.bufferBytes() / 2)
                .setMaxWriteBufferNumber(2)
                .setTableFormatConfig(
                        new BlockBasedTableConfig()
                                .setBlockCache(cache)
                                .setBlockSize(16 << 10)
                                .setCacheIndexAndFilterBlocks(true));
    }

    private static ColumnFamilyOptions small(Cache cache, @Nullable BloomFilter filter) {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig().setBlockCache(cache).setCacheIndexAndFilterBlocks(true);
        if (filter != null) {
            table.setFilterPolicy(filter);
        }
        return new ColumnFamilyOptions()
                .setCompressionType(ZSTD_COMPRESSION)
                .setWriteBufferSize(SMALL_BUFFER)
                .setMaxWriteBufferNumber(2)
                .setTableFormatConfig(table);
    }

    private static ColumnFamilyDescriptor family(String name, ColumnFamilyOptions options) {
        return new ColumnFamilyDescriptor(name.getBytes(UTF_8), options);
    }
}
