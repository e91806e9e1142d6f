"""名册: who draws a benefit, who is to come onto it, who moves up, whose day comes, what a month changed."""
