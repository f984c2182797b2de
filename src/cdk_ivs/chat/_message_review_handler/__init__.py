"""The function that reviews the messages of a chat room."""
