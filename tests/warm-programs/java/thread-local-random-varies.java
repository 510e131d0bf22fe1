// exrun: {"varies": true}
public class Main { public static void main(String[] args) { System.out.println(java.util.concurrent.ThreadLocalRandom.current().nextLong()); } }
