"""Official documents: files into clean text, text into statements with their source."""
