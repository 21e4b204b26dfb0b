"""One folder a network and nothing else; `hawker.connect.registry` finds them."""
