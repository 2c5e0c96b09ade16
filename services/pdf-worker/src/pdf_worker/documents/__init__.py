"""What documents say and in which words: reports in, text and figures out, no layout."""
