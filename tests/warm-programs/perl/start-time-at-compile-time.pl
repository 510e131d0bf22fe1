BEGIN { print abs($^T - time) <= 2 ? "starts now\n" : "started before\n" }
END { print abs($^T - time) <= 2 ? "starts now\n" : "started before\n" }
