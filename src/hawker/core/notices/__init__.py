"""What people are told of: what needs them, once each, in the app and by e-mail; and how a week went."""
