-- CreateTable
CREATE TABLE "Heard" (
    "platform" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Heard_pkey" PRIMARY KEY ("platform")
);
