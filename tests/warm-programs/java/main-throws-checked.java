public class Main {
    static class OwnException extends Exception { OwnException(String s, Throwable t) { super(s, t); } @Override public String toString() { return "own: " + getMessage(); } }
    public static void main(String[] args) throws OwnException { try { Object o = null; o.hashCode(); } catch (NullPointerException e) { throw new OwnException("checked\nin two lines", e); } }
}
