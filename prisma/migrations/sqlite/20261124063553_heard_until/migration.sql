-- CreateTable
CREATE TABLE "Heard" (
    "platform" TEXT NOT NULL PRIMARY KEY,
    "until" DATETIME NOT NULL
);
