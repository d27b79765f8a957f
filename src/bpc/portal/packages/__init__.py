"""Packages of partners, SCORM and H5P: refused or kept, played in a sandbox, what each person did in them."""
