// FerretDB, a server that tests of the MongoDB connector speak with: the version that is built, and its checksum in go.sum.
module datamaker.test/mongodb-service

go 1.24

require github.com/FerretDB/FerretDB v1.24.2 // indirect
