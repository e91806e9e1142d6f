/* Faults of disks and processes for one process, by LD_PRELOAD: counts the operations on files below a folder, lets the nth
   fail or take long, tears a write or kills the process there, and records everything for a replay of power cuts. Without
   fault_start it only passes on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { OPEN = 1, WRITE = 2, TRUNCATE = 4, SYNC = 8, RENAME = 16, UNLINK = 32, MKDIR = 64, READ = 128 };
enum { PASS = 0, FAIL = 1, KILL = 2, TEAR = 3, SLOW = 4 };
enum { MOST_FILES = 4096 };

static char root[PATH_MAX], part[256], *paths[MOST_FILES];
static int act, kinds, code, record = -1, running;
static long at, times, seen, done, by_first, held;
static int (*holds)(void);
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

void fault_start(const char *below, const char *named, int what, int which, long first, long count, int error, int log) {
    snprintf(root, sizeof root, "%s", below);
    snprintf(part, sizeof part, "%s", named);
    act = what, kinds = which, at = first, times = count, code = error, record = log, seen = done = by_first = held = 0;
    holds = (int (*)(void))dlsym(RTLD_DEFAULT, "PyGILState_Check"), running = 1;
}

void fault_stop(void) { running = 0; }
long fault_seen(void) { return seen; }
long fault_done(void) { return done; }
/* Of those done, how many on the thread the process began with: a window's own. */
long fault_by_first(void) { return by_first; }
/* And how many with Python's interpreter held, so that no other thread of it went on meanwhile. */
long fault_held(void) { return held; }

static int is_below(const char *path) {
    size_t length = strlen(root);
    return running && path && !strncmp(path, root, length) && (path[length] == '/' || !path[length]);
}

static const char *full(int folder, const char *path, char *into) {
    if (path[0] == '/') return path;
    if (folder >= 0 && folder < MOST_FILES && paths[folder]) {
        snprintf(into, PATH_MAX, "%s/%s", paths[folder], path);
        return into;
    }
    return path;
}

static const char *path_of(int file) { return file >= 0 && file < MOST_FILES ? paths[file] : NULL; }

static void remember(int file, const char *path) {
    if (file < 0 || file >= MOST_FILES) return;
    if (paths[file]) free(paths[file]);
    paths[file] = is_below(path) ? strdup(path) : NULL;
}

static void linger(void) {
    struct timespec time = {code / 1000, code % 1000 * 1000000L};
    while (nanosleep(&time, &time) && errno == EINTR) continue;
}

/* What becomes of this operation: PASS, or FAIL and errno is set, or TEAR; KILL does not come back, SLOW only after `code`
   milliseconds. */
static int verdict(int kind, const char *path) {
    if (!is_below(path) || !(kinds & kind) || (part[0] && !strstr(path, part))) return PASS;
    long n = __sync_add_and_fetch(&seen, 1);
    if (act == PASS || n < at || (times && n >= at + times)) return PASS;
    __sync_add_and_fetch(&done, 1);
    if (syscall(SYS_gettid) == getpid()) __sync_add_and_fetch(&by_first, 1);
    if (holds && holds()) __sync_add_and_fetch(&held, 1);
    if (act == KILL) kill(getpid(), SIGKILL);
    if (act == FAIL) errno = code;
    if (act == SLOW) linger();
    return act;
}

static ssize_t put(int file, const void *data, size_t size) {
    REAL(write);
    return real(file, data, size);
}

/* kind, offset, two paths and the data, each with its length before it */
static void keep(char kind, int64_t offset, const char *one, const char *other, const void *data, uint32_t size) {
    if (record < 0 || !running) return;
    uint32_t first = one ? strlen(one) : 0, second = other ? strlen(other) : 0;
    char head[1 + 8 + 12];
    head[0] = kind;
    memcpy(head + 1, &offset, 8), memcpy(head + 9, &first, 4), memcpy(head + 13, &second, 4), memcpy(head + 17, &size, 4);
    pthread_mutex_lock(&gate);
    put(record, head, sizeof head);
    if (first) put(record, one, first);
    if (second) put(record, other, second);
    if (size) put(record, data, size);
    pthread_mutex_unlock(&gate);
}

static int opened(int file, const char *path, int flags, int was_there) {
    if (file < 0) return file;
    remember(file, path);
    if (is_below(path)) {
        if ((flags & O_CREAT) && !was_there) keep('c', 0, path, NULL, NULL, 0);
        else if (flags & O_TRUNC) keep('t', 0, path, NULL, NULL, 0);
    }
    return file;
}

static int is_there(const char *path) {
    struct stat what;
    int before = errno, found = !lstat(path, &what);
    errno = before;
    return found;
}

#define MODE_OF(flags) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        MODE_OF(flags) \
        REAL(name); \
        if (!is_below(path)) { int plain = real(path, flags, mode); remember(plain, path); return plain; } \
        int there = is_there(path); \
        if (verdict(OPEN, path) == FAIL) return -1; \
        return opened(real(path, flags, mode), path, flags, there); \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        char whole[PATH_MAX]; \
        MODE_OF(flags) \
        REAL(name); \
        const char *told = full(folder, path, whole); \
        if (!is_below(told)) { int plain = real(folder, path, flags, mode); remember(plain, told); return plain; } \
        int there = is_there(told); \
        if (verdict(OPEN, told) == FAIL) return -1; \
        return opened(real(folder, path, flags, mode), told, flags, there); \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

int close(int file) {
    REAL(close);
    if (file >= 0 && file < MOST_FILES && paths[file]) free(paths[file]), paths[file] = NULL;
    return real(file);
}

ssize_t write(int file, const void *data, size_t size) {
    REAL(write);
    const char *path = path_of(file);
    if (file == 1 && running) {
        ssize_t told = real(file, data, size);
        if (told > 0) keep('a', 0, NULL, NULL, data, told);
        return told;
    }
    if (!path) return real(file, data, size);
    switch (verdict(WRITE, path)) {
        case FAIL: return -1;
        case TEAR: real(file, data, size / 2), kill(getpid(), SIGKILL);
    }
    ssize_t told = real(file, data, size);
    if (told > 0) keep('w', lseek(file, 0, SEEK_CUR) - told, path, NULL, data, told);
    return told;
}

#define PWRITES(name, offset_type) \
    ssize_t name(int file, const void *data, size_t size, offset_type offset) { \
        REAL(name); \
        const char *path = path_of(file); \
        if (!path) return real(file, data, size, offset); \
        switch (verdict(WRITE, path)) { \
            case FAIL: return -1; \
            case TEAR: real(file, data, size / 2, offset), kill(getpid(), SIGKILL); \
        } \
        ssize_t told = real(file, data, size, offset); \
        if (told > 0) keep('w', offset, path, NULL, data, told); \
        return told; \
    }
PWRITES(pwrite, off_t)
PWRITES(pwrite64, off64_t)

#define READS(name, offset_type) \
    ssize_t name(int file, void *data, size_t size, offset_type offset) { \
        REAL(name); \
        const char *path = path_of(file); \
        if (path && verdict(READ, path) == FAIL) return -1; \
        return real(file, data, size, offset); \
    }
READS(pread, off_t)
READS(pread64, off64_t)

ssize_t read(int file, void *data, size_t size) {
    REAL(read);
    const char *path = path_of(file);
    if (path && verdict(READ, path) == FAIL) return -1;
    return real(file, data, size);
}

#define TRUNCATES(name, offset_type) \
    int name(int file, offset_type size) { \
        REAL(name); \
        const char *path = path_of(file); \
        if (path && verdict(TRUNCATE, path) == FAIL) return -1; \
        int told = real(file, size); \
        if (!told && path) keep('t', size, path, NULL, NULL, 0); \
        return told; \
    }
TRUNCATES(ftruncate, off_t)
TRUNCATES(ftruncate64, off64_t)

#define SYNCS(name) \
    int name(int file) { \
        REAL(name); \
        const char *path = path_of(file); \
        if (path && verdict(SYNC, path) == FAIL) return -1; \
        int told = path && record >= 0 ? 0 : real(file); \
        if (!told && path) keep('s', 0, path, NULL, NULL, 0); \
        return told; \
    }
SYNCS(fsync)
SYNCS(fdatasync)

static int moves(const char *from, const char *to, int *told) {
    if (!is_below(from) && !is_below(to)) return 0;
    if (verdict(RENAME, to) == FAIL) *told = -1;
    return 1;
}

int rename(const char *from, const char *to) {
    REAL(rename);
    int told = 0, ours = moves(from, to, &told);
    if (told) return told;
    told = real(from, to);
    if (!told && ours) keep('r', 0, from, to, NULL, 0);
    return told;
}

int renameat(int one, const char *from, int other, const char *to) {
    char first[PATH_MAX], second[PATH_MAX];
    REAL(renameat);
    const char *source = full(one, from, first), *target = full(other, to, second);
    int told = 0, ours = moves(source, target, &told);
    if (told) return told;
    told = real(one, from, other, to);
    if (!told && ours) keep('r', 0, source, target, NULL, 0);
    return told;
}

int unlink(const char *path) {
    REAL(unlink);
    if (is_below(path) && verdict(UNLINK, path) == FAIL) return -1;
    int told = real(path);
    if (!told && is_below(path)) keep('u', 0, path, NULL, NULL, 0);
    return told;
}

int rmdir(const char *path) {
    REAL(rmdir);
    if (is_below(path) && verdict(UNLINK, path) == FAIL) return -1;
    int told = real(path);
    if (!told && is_below(path)) keep('u', 0, path, NULL, NULL, 0);
    return told;
}

int unlinkat(int folder, const char *path, int flags) {
    char whole[PATH_MAX];
    REAL(unlinkat);
    const char *gone = full(folder, path, whole);
    if (is_below(gone) && verdict(UNLINK, gone) == FAIL) return -1;
    int told = real(folder, path, flags);
    if (!told && is_below(gone)) keep('u', 0, gone, NULL, NULL, 0);
    return told;
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    if (is_below(path) && verdict(MKDIR, path) == FAIL) return -1;
    int told = real(path, mode);
    if (!told && is_below(path)) keep('d', 0, path, NULL, NULL, 0);
    return told;
}
