class Helper { static void help() { System.out.println("helped" + new Throwable().getStackTrace()[1]); } }
class Starter {
    static { System.out.println("Starter " + System.getProperty("sun.java.command")); }
    public static void main(String[] args) { Helper.help(); throw new Error("of Starter"); }
}
