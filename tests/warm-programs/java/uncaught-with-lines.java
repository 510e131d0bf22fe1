public class Main {
    static class Account {
        void withdraw(int amount) {
            if (amount > 10) throw new IllegalArgumentException("too much: " + amount);
        }
    }

    public static void main(String[] args) {
        Runnable later = () -> new Account().withdraw(11);
        try {
            later.run();
        } catch (IllegalArgumentException e) {
            RuntimeException outer = new RuntimeException("outer", e);
            outer.addSuppressed(new Exception("suppressed"));
            throw outer;
        }
    }
}
