// exrun: {"limits": {"output_bytes": 5000}}
public class Main { public static void main(String[] args) { for (;;) System.out.println("a line ".repeat(10)); } }
