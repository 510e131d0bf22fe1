public class Main {
    public static void main(String[] args) {
        System.out.println(Main.class.desiredAssertionStatus() + " " + String.class.desiredAssertionStatus());
        try { assert args.length > 0 : "no words"; } catch (AssertionError e) { System.out.println(e); }
        assert 1 > 2 : 7;
    }
}
