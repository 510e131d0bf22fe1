// exrun: {"varies": true}
public class Main { public static void main(String[] args) { System.out.println(new java.util.Random().nextLong()); } }
