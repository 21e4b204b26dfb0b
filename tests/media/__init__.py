"""Pictures and videos: taken in, made right for networks, served."""
