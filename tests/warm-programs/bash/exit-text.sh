exit word
