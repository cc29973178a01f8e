-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN     "removedAt" TIMESTAMP(3);
