"""What belongs to a person or to a team: portfolios, learning put to an assessor, self-assessments. Private.

Promise: everything here is seen by whose it is and by those it was given to, and by nobody else; a gift is a grant
that can be taken back. Every read and write takes the scope in which it is asked, and there is no way to ask without
one. The audit trail says that something happened to which portfolio, never what stands in it.
"""
