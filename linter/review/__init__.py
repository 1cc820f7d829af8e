"""The review of past posts: every post of many sources judged, in bounded memory and as many processes as one likes."""
