public class Main {
    static int x = Integer.parseInt("seven");
    public static void main(String[] args) { System.out.println("never"); }
}
