-- AlterTable
ALTER TABLE "Group" ADD COLUMN "quietFrom" TEXT;
ALTER TABLE "Group" ADD COLUMN "quietTo" TEXT;
