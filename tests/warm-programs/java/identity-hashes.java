// The hash of an object is drawn from the thread's own sequence, which begins with the same number in each process.
public class Main {
    static class Plain { }
    public static void main(String[] args) {
        System.out.println(new Plain().hashCode() + " " + new Object() + new int[0] + new Plain());
    }
}
