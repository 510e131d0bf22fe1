import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.stream.*;
public class Main {
    public static void main(String[] args) throws Exception {
        System.out.println(ForkJoinPool.commonPool().getParallelism() + " " + ForkJoinPool.getCommonPoolParallelism());
        ExecutorService pool = Executors.newFixedThreadPool(3);
        AtomicInteger sum = new AtomicInteger();
        for (int i = 1; i <= 100; i++) { int n = i; pool.submit(() -> sum.addAndGet(n)); }
        pool.shutdown();
        System.out.println(pool.awaitTermination(5, TimeUnit.SECONDS) + " " + sum + IntStream.range(0, 1000).parallel().sum() + CompletableFuture.supplyAsync(() -> 1).thenApply(x -> x + 1).get() + pool.isTerminated());
    }
}
