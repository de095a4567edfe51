module jobs

go 1.22
