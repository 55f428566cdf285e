/* Notes every call that changes files below POWERCUT_ROOT in the log POWERCUT_LOG, for replay.py.
 *
 * Loaded by LD_PRELOAD, so that SQLCipher, SQLite and plain Python writes are all seen alike.
 * Each opened file gets a serial number; later calls name the serial, so a rename in between
 * does no harm. One record: kind (1 byte), serial (4), offset (8), lengths of two texts (4 + 4),
 * the texts. All numbers little-endian, as on every machine this runs on.
 *
 * powercut_fill_disk(k) makes the k-th write from now on, and every later one, meet a full disk;
 * powercut_fill_disk(0) gives the room back. The program under test calls it through ctypes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FILES 4096
#define LOG_FD_FROM 5000

enum kind {
    OPENED = 'O',   /* text: path; offset 1 when the call made the file */
    FOLDER = 'D',   /* text: path of an opened folder */
    WRITTEN = 'W',  /* text: bytes; offset: where */
    SIZED = 'Z',    /* offset: the new length */
    SYNCED = 'S',
    UNLINKED = 'U', /* text: path */
    RENAMED = 'R'   /* texts: old path, new path */
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int log_fd = -1;
static uint32_t last_serial;
static uint32_t serial_of[MOST_FILES];
static char is_folder[MOST_FILES];
static long writes_until_full; /* 0: the disk has room */
static int disk_is_full;

#define NEXT(result, name, ...)                                          \
    typedef result (*name##_type)(__VA_ARGS__);                          \
    static name##_type next_##name(void)                                 \
    {                                                                    \
        static name##_type found;                                        \
        if (!found) found = (name##_type)dlsym(RTLD_NEXT, #name);        \
        return found;                                                    \
    }

NEXT(int, open, const char *, int, ...)
NEXT(int, open64, const char *, int, ...)
NEXT(int, openat, int, const char *, int, ...)
NEXT(int, openat64, int, const char *, int, ...)
NEXT(int, close, int)
NEXT(ssize_t, write, int, const void *, size_t)
NEXT(ssize_t, pwrite, int, const void *, size_t, off_t)
NEXT(ssize_t, pwrite64, int, const void *, size_t, off64_t)
NEXT(int, ftruncate, int, off_t)
NEXT(int, ftruncate64, int, off64_t)
NEXT(int, fsync, int)
NEXT(int, fdatasync, int)
NEXT(int, unlink, const char *)
NEXT(int, rename, const char *, const char *)

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("POWERCUT_LOG");
    root = getenv("POWERCUT_ROOT");
    if (!path || !root) return;
    root_length = strlen(root);
    int fd = next_open()(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (fd < 0) return;
    log_fd = fcntl(fd, F_DUPFD_CLOEXEC, LOG_FD_FROM); /* out of the way of the program */
    next_close()(fd);
}

void powercut_fill_disk(long after)
{
    pthread_mutex_lock(&turn);
    writes_until_full = after;
    disk_is_full = 0;
    pthread_mutex_unlock(&turn);
}

static int below_root(const char *path)
{
    return log_fd >= 0 && path && strncmp(path, root, root_length) == 0;
}

static uint32_t watched(int fd)
{
    return fd >= 0 && fd < MOST_FILES ? serial_of[fd] : 0;
}

static void put(const void *data, size_t length)
{
    const char *rest = data;
    while (length > 0) {
        ssize_t done = next_write()(log_fd, rest, length);
        if (done <= 0) abort(); /* a log with a hole would prove nothing */
        rest += done;
        length -= (size_t)done;
    }
}

static void note(enum kind kind, uint32_t serial, uint64_t offset, const void *first,
                 size_t first_length, const char *second)
{
    uint32_t lengths[2] = {(uint32_t)first_length, second ? (uint32_t)strlen(second) : 0};
    char head[21];
    head[0] = (char)kind;
    memcpy(head + 1, &serial, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, lengths, 8);
    put(head, sizeof head);
    put(first, lengths[0]);
    put(second, lengths[1]);
}

/* Whether this write meets a full disk. */
static int no_room(int fd)
{
    if (!watched(fd)) return 0;
    pthread_mutex_lock(&turn);
    if (writes_until_full > 0 && --writes_until_full == 0) disk_is_full = 1;
    int full = disk_is_full;
    pthread_mutex_unlock(&turn);
    if (full) errno = ENOSPC;
    return full;
}

static int opened(int fd, const char *path, int flags, int existed)
{
    if (fd < 0 || fd >= MOST_FILES || !below_root(path)) return fd;
    int kept = errno;
    struct stat about;
    pthread_mutex_lock(&turn);
    serial_of[fd] = ++last_serial;
    is_folder[fd] = fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
    if (is_folder[fd]) {
        note(FOLDER, serial_of[fd], 0, path, strlen(path), NULL);
    } else {
        note(OPENED, serial_of[fd], !existed, path, strlen(path), NULL);
        if (existed && (flags & O_TRUNC)) note(SIZED, serial_of[fd], 0, NULL, 0, NULL);
    }
    pthread_mutex_unlock(&turn);
    errno = kept;
    return fd;
}

static int is_there(const char *path)
{
    struct stat about;
    return below_root(path) && stat(path, &about) == 0;
}

#define MODE_OF(flags, mode)                       \
    mode_t mode = 0;                               \
    if ((flags) & (O_CREAT | O_TMPFILE)) {         \
        va_list more;                              \
        va_start(more, flags);                     \
        mode = (mode_t)va_arg(more, int);          \
        va_end(more);                              \
    }

int open(const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    int existed = is_there(path);
    return opened(next_open()(path, flags, mode), path, flags, existed);
}

int open64(const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    int existed = is_there(path);
    return opened(next_open64()(path, flags, mode), path, flags, existed);
}

int openat(int folder, const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    int existed = is_there(path);
    return opened(next_openat()(folder, path, flags, mode), path, flags, existed);
}

int openat64(int folder, const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    int existed = is_there(path);
    return opened(next_openat64()(folder, path, flags, mode), path, flags, existed);
}

int close(int fd)
{
    if (fd >= 0 && fd < MOST_FILES) serial_of[fd] = 0;
    return next_close()(fd);
}

static ssize_t written(int fd, const void *data, ssize_t done, uint64_t offset)
{
    if (done <= 0 || !watched(fd)) return done;
    int kept = errno;
    pthread_mutex_lock(&turn);
    note(WRITTEN, serial_of[fd], offset, data, (size_t)done, NULL);
    pthread_mutex_unlock(&turn);
    errno = kept;
    return done;
}

ssize_t write(int fd, const void *data, size_t length)
{
    if (!watched(fd)) return next_write()(fd, data, length);
    if (no_room(fd)) return -1;
    ssize_t done = next_write()(fd, data, length);
    off_t end = done > 0 ? lseek(fd, 0, SEEK_CUR) : 0;
    return written(fd, data, done, (uint64_t)(end - (done > 0 ? done : 0)));
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset)
{
    if (no_room(fd)) return -1;
    return written(fd, data, next_pwrite()(fd, data, length, offset), (uint64_t)offset);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset)
{
    if (no_room(fd)) return -1;
    return written(fd, data, next_pwrite64()(fd, data, length, offset), (uint64_t)offset);
}

static int noted(int result, int fd, enum kind kind, uint64_t offset)
{
    if (result == 0 && watched(fd)) {
        pthread_mutex_lock(&turn);
        note(kind, serial_of[fd], offset, NULL, 0, NULL);
        pthread_mutex_unlock(&turn);
    }
    return result;
}

int ftruncate(int fd, off_t length)
{
    return noted(next_ftruncate()(fd, length), fd, SIZED, (uint64_t)length);
}

int ftruncate64(int fd, off64_t length)
{
    return noted(next_ftruncate64()(fd, length), fd, SIZED, (uint64_t)length);
}

int fsync(int fd) { return noted(next_fsync()(fd), fd, SYNCED, 0); }

int fdatasync(int fd) { return noted(next_fdatasync()(fd), fd, SYNCED, 0); }

int unlink(const char *path)
{
    int result = next_unlink()(path);
    if (result == 0 && below_root(path)) {
        pthread_mutex_lock(&turn);
        note(UNLINKED, 0, 0, path, strlen(path), NULL);
        pthread_mutex_unlock(&turn);
    }
    return result;
}

int rename(const char *from, const char *to)
{
    int result = next_rename()(from, to);
    if (result == 0 && (below_root(from) || below_root(to))) {
        pthread_mutex_lock(&turn);
        note(RENAMED, 0, 0, from, strlen(from), to);
        pthread_mutex_unlock(&turn);
    }
    return result;
}
