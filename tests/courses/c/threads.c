#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int ready, total;
static atomic_int counter;
static _Thread_local int mine;
static pthread_barrier_t barrier;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int onces;
static void init(void)
{
    onces++;
}
static void *work(void *arg)
{
    mine = (int)(long)arg;
    pthread_once(&once, init);
    for (int i = 0; i < 10000; i++) {
        pthread_mutex_lock(&lock);
        total++;
        pthread_mutex_unlock(&lock);
        counter++;
    }
    pthread_setspecific(key, arg);
    pthread_barrier_wait(&barrier);
    pthread_rwlock_rdlock(&rw);
    pthread_rwlock_unlock(&rw);
    return (void *)(long)(mine * 2);
}
static void *waiter(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&cond, &lock);
    pthread_mutex_unlock(&lock);
    return "woken";
}
static int c11(void *arg)
{
    return *(int *)arg + 1;
}
int main(void)
{
    pthread_t t[4], w;
    pthread_key_create(&key, NULL);
    pthread_barrier_init(&barrier, NULL, 4);
    for (long i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, work, (void *)i);
    long sum = 0;
    for (int i = 0; i < 4; i++) {
        void *r;
        pthread_join(t[i], &r);
        sum += (long)r;
    }
    printf("%d %d %ld %d\n", total, counter, sum, onces);
    pthread_create(&w, NULL, waiter, NULL);
    usleep(1000);
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_cond_broadcast(&cond);
    pthread_mutex_unlock(&lock);
    void *r;
    pthread_join(w, &r);
    printf("%s\n", (char *)r);
    thrd_t th;
    int seven = 7, result;
    thrd_create(&th, c11, &seven);
    thrd_join(th, &result);
    printf("%d\n", result);
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_nsec = 0;
    pthread_mutex_lock(&lock);
    printf("%d\n", pthread_cond_timedwait(&cond, &lock, &deadline) != 0);
    pthread_mutex_unlock(&lock);
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, 1 << 20);
    pthread_create(&w, &attr, waiter, NULL);
    pthread_join(w, NULL);
    pthread_create(&w, NULL, waiter, NULL);
    pthread_detach(w);
    printf("%d %ld\n", pthread_equal(pthread_self(), pthread_self()) != 0,
           sysconf(_SC_NPROCESSORS_ONLN) > 0 ? 1L : 0L);
    usleep(2000);
    return 0;
}
